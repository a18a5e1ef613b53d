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
# A collective ranking with everything that may be said of one.
COLLECTIVE = """\
[contest]
slug = "tap-the"
title = "Cuộc thi có giải tập thể"
tree = "son-la"

[entry]
fields = { name = "required", phone = "required", unit = "required", category = "required" }
categories = [{ code = "can-bo", name = "Cán bộ, công chức" }]

[[rounds]]
number = 1
opens_at = 2026-11-16T10:00:00
closes_at = 2026-11-23T09:00:00
minutes = 10
paper = { bank = "lich-su", matrix = [{ count = 10 }] }
prizes = [{ name = "Nhất", count = 1 }, { name = "Nhì", count = 2 }]

[[collective]]
name = "Giải tập thể"
components = [
  { measure = "participation_rate" },
  { measure = "prize_points", prizes = [{ name = "Nhất", points = 10 }, { name = "Nhì", points = 8 }] },
  { measure = "attempts", weight = 0.5, per = "headcount", points = [10, 9, 9, 1] },
  { measure = "mean_score", best = 5 },
]
level = "xã, phường"
gates = [
  { headcount_below = 50, rate = 0.30 },
  { rate = 1.0, category = "can-bo" },
  { winners = 1 },
]
tie = ["participants", "all_correct"]
bands = [50, 100]
divisions = true
rounds = [1]
over = "mean"
prizes = [{ name = "Nhất", count = 1 }]
"""


def refused(text: str) -> list[tuple[int, str, str, str]]:
    with pytest.raises(DefinitionRefused) as caught:
        parse_definition(text)
    assert str(caught.value)
    return [(p.line, p.key, p.message, p.mend) for p in caught.value.problems]
