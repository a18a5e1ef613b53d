"""Long lists on citizens' pages: what is in sight, in which order."""

from types import SimpleNamespace

import pytest
from flask import Flask, render_template_string

LINES = (
    """{% from "components/boards.html" import ranked_units %}{{ ranked_units(lines, "Tỷ lệ", folded) }}"""
)


@pytest.mark.parametrize("count, folded, rest", [(15, True, 0), (16, True, 6), (16, False, 0)])
def test_units_after_the_tenth_fold_where_there_are_many(
    app: Flask, count: int, folded: bool, rest: int
) -> None:
    lines = [
        SimpleNamespace(
            rank=n,
            name=f"Xã {n}",
            url="/",
            trouble=None,
            value="1%",
            share=None,
            people=1,
            headcount=2,
            attempts=1,
        )
        for n in range(1, count + 1)
    ]
    with app.test_request_context():
        html = render_template_string(LINES, lines=lines, folded=folded)
    before, _, after = html.partition("<details")
    assert (before.count("<li"), after.count("<li")) == (count - rest, rest)
    assert (f"Xem tiếp {rest} đơn vị" in after) == bool(rest)
