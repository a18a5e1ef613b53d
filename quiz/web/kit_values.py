"""What the components on /_kit are shown with: the longest real names, large numbers, every verdict."""

import json
from datetime import UTC, datetime
from types import SimpleNamespace as Values
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from quiz.core.settings import ROOT
from quiz.web.assets import asset
from quiz.web.charts import compared, line_chart, sparkline, stacked
from quiz.web.forms import BaseForm

_SAID: dict[str, Any] = json.loads((ROOT / "demo" / "components.json").read_text(encoding="utf-8"))
_LONG = _SAID["unit"]
_AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
_DAYS = ("19/11", "20/11", "21/11", "22/11")
_HOUR_MS = 3_600_000


class SampleForm(BaseForm):
    """One field of each kind; nothing is filled in, so that all of them are wrong when it is checked."""

    name = StringField(_l("Họ và tên"), [InputRequired()])
    birth_day = IntegerField(_l("Ngày"), [InputRequired()])
    birth_month = IntegerField(_l("Tháng"))
    birth_year = IntegerField(_l("Năm"))
    unit = StringField(_l("Đơn vị"), [InputRequired()])
    way = SelectField(_l("Cách xếp hạng"), choices=[SelectChoice("a", _LONG)])
    agreed = BooleanField(_l("Đồng ý xử lý dữ liệu cá nhân"), [InputRequired()])


def samples() -> Values:
    """Values by component."""
    choice = Values(code="a", name=_LONG, note=_SAID["old_name"], search="doan thanh nien")
    return Values(
        text=_LONG,
        at=_AT,
        ms=(5 * 24 * _HOUR_MS, 7 * _HOUR_MS, 59_000),
        groups=(Values(label=_SAID["province"], units=(choice,)),),
        languages=(
            Values(tag="vi", name=_SAID["language"], url="?lang=vi", is_current=True),
            Values(tag="en", name="English", url="?lang=en", is_current=False),
        ),
        phases=("draft", "scheduled", "open", "resting", "paused", "closed", "frozen", "published"),
        boards=(
            Values(is_official=True, round=_round(), as_of=_AT),
            Values(is_official=False, round=_round(), as_of=_AT),
        ),
        decision=Values(number=_SAID["decision"], day=_AT.date(), issuer=_SAID["signer"]),
        notices=tuple(
            Values(words=_SAID["clause"], level=level, title=_LONG) for level in ("info", "warning")
        ),
        people=(_person(1), _person(2, prize=_SAID["prize"]), _person(1204), _person(None)),
        units=(
            _unit(1, 0.943),
            _unit(12, None),
            _unit(None, None, trouble=_SAID["trouble"]),
        ),
        pages=Values(number=5, count=412, url="?page={}".format),
        rules=_rules(),
        round=_round(),
        articles=_articles(),
        questions=(_question(1), _question(2, is_multiple=True)),
        reviewed=tuple(
            _reviewed(place, verdict) for place, verdict in enumerate(("right", "wrong", "empty", "void"), 11)
        ),
        picture=Values(url=asset("img/favicon.svg"), alt=_SAID["picture"], width=96, height=96, is_wide=True),
        charts=_charts(),
    )


def _round() -> Values:
    return Values(
        name=_SAID["round"],
        questions=20,
        minutes=15,
        has_prediction=True,
        is_practice=False,
        attempts_limit=3,
        attempts_per="round",
        counts=_SAID["counts"],
        opens_at=_AT,
        closes_at=_AT,
        hours="",
    )


def _person(rank: int | None, prize: str = "") -> Values:
    return Values(
        rank=rank,
        name=_SAID["person"],
        prize=prize,
        phone="•••• 318",
        unit=_LONG,
        correct=20,
        total=20,
        prediction_error=12,
        duration_ms=494_000,
    )


def _unit(rank: int | None, share: float | None, trouble: str = "") -> Values:
    return Values(
        rank=rank,
        name=_LONG,
        url="#don-vi",
        trouble=trouble,
        value="94,3%" if share else "1.204",
        share=share,
        people=1204,
        headcount=1277 if share else None,
        attempts=3110,
    )


def _rules() -> Values:
    return Values(
        eligibility=_SAID["eligibility"],
        criteria=_SAID["criteria"],
        prediction=_SAID["prediction"],
        prizes=_SAID["prizes"],
        collective=(_SAID["collective"],),
        excluded=_SAID["excluded"],
    )


def _articles() -> tuple[Values, ...]:
    grid = Values(
        caption=_SAID["schedule"],
        head=(_SAID["round_word"], _SAID["opening"]),
        rows=((_SAID["first_round"], _SAID["moment"]),),
    )
    part = Values(
        title=_SAID["time"], clauses=(_SAID["clause"],), steps=(_SAID["step"],), grids=(grid,), after=()
    )
    return (Values(number=1, anchor="dieu-1", title=_SAID["schedule"], parts=(part,)),)


def _question(place: int, *, is_multiple: bool = False) -> Values:
    return Values(
        place=place,
        text=_SAID["question"],
        is_multiple=is_multiple,
        choices=_SAID["choices"],
        language="vi",
        images=(),
        choice_images=((), (), (), ()),
    )


def _reviewed(place: int, verdict: str) -> Values:
    chosen = {"right": (2,), "wrong": (1,)}.get(verdict, ())
    cited = Values(
        quote=_SAID["quote"],
        document=_SAID["document"],
        mark=4,
        where="trang 12",
        passage_url="#doan-4",
        link="",
    )
    more = Values(
        correct=(2,),
        chosen=chosen,
        verdict=verdict,
        is_corrected=verdict == "void",
        is_flagged=verdict == "empty",
    )
    told = Values(
        source=_SAID["source"],
        citation=cited,
        explanation=_SAID["explanation"],
        explanation_language="vi",
    )
    return Values(**(vars(_question(place)) | vars(more) | vars(told)))


def _charts() -> dict[str, Any]:
    counts = ((448, 102), (346, 120), (179, 40), (121, 33))
    both = [(day, one, two) for day, (one, two) in zip(_DAYS, counts, strict=True)]
    return {
        "bars": compared(both, running=_DAYS[-1]),
        "stacked": stacked(both),
        "lines": line_chart(
            _DAYS, ((_SAID["people"], (448, 794, 973, 1094)), (_SAID["attempts"], (550, 1016, 1235, 1389)))
        ),
        "spark": sparkline((448, 346, 179, 121)),
    }
