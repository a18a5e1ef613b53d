"""The published form of a contest definition and a small one, for tests."""

from pathlib import Path

import pytest

from quiz.contests.definition import DefinitionRefused, parse_definition

_FORM = Path(__file__).parents[1] / "unit" / "contests" / "published_form.toml"
# The form as others write it by hand; docs and posters show it, so it holds from the first release.
PUBLISHED_FORM = _FORM.read_text("utf-8")

SMALL = """\
[contest]
slug = "nho"
title = "Cuộc thi nhỏ"

[[rounds]]
number = 1
opens_at = 2026-11-16T10:00:00
closes_at = 2026-11-23T09:00:00
minutes = 10
paper = { bank = "lich-su", matrix = [{ count = 10 }] }
"""


def refused(text: str) -> list[tuple[int, str, str, str]]:
    with pytest.raises(DefinitionRefused) as caught:
        parse_definition(text)
    assert str(caught.value)
    return [(p.line, p.key, p.message, p.mend) for p in caught.value.problems]
