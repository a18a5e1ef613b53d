"""The page of a round has a field for every key of its definition, prizes of categories among them."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from flask import Flask
from werkzeug.datastructures import MultiDict

from quiz.contests import definition as d
from quiz.contests.queries import get_contest
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.organiser.round_draft import form_values, lists_of, round_from
from quiz.organiser.round_forms import RoundForm
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Counts, Criterion
from tests.support.factories import make_bank
from tests.support.forms import fields_of
from tests.support.staff import ACTOR
from tests.web.organiser.test_editing import ROUND, setup

__all__ = ["setup"]

OPENS, CLOSES = datetime(2030, 1, 5, 1, 30, tzinfo=UTC), datetime(2030, 1, 12, 10, 0, tzinfo=UTC)
FULL = d.RoundDefinition(
    number=7,
    name="Tuần 7",
    opens_at=OPENS,
    closes_at=CLOSES,
    minutes=20,
    paper=d.PaperRule(
        "bank",
        shuffle=(d.Shuffle.CHOICES,),
        matrix=(d.MatrixCell("A", "dễ", 3), d.MatrixCell(None, None, 2)),
        exposure_cap=Decimal("0.4"),
    ),
    attempts=d.AttemptRule(3, d.Per.DAY, Counts.FIRST),
    ranking=(Criterion.CORRECT_COUNT, Criterion.PREDICTION_ERROR),
    prediction=d.PredictionRule(Target.PERCENT_ALL_CORRECT, 2, Stated.LAST),
    publish=d.PublishRule(
        d.PublishTime.AFTER_CLOSE, d.PublishTime.NEVER, d.PublishTime.AFTER_PUBLICATION, 30
    ),
    finish=d.Finish.LET_FINISH,
    must_answer_all=True,
    practice=True,
    categories=(
        d.CategoryRule("hoc-sinh", "bank-2", (d.Prize("Nhất | nữ", 2, "1 triệu"),)),
        d.CategoryRule("can-bo", None, (), 3),
    ),
    start_spread_seconds=120,
    prizes=(d.Prize("Nhất", 2, "5 triệu"),),
    awarding=d.AwardRule(Exclusive.HIGHEST, all_correct=True, cap_percent=50),
    windows=d.OpenHours((d.Weekday.MON,), "08:00", "17:30", "Asia/Bangkok"),
    admits=d.Admission(of_round=1, top=100, min_correct=15, all_correct=True),
)
BLANK = d.RoundDefinition(7, "", OPENS, CLOSES, None, d.PaperRule("other"))
NOT_HERE = {"paper.fixed", "admits.of_list"}  # instead of the matrix, and of the round: tested beside it


def _usual(value: object, way: str = "") -> set[str]:
    """The keys that say nothing but what a new definition says."""
    found = set()
    for field in fields(value):  # type: ignore[arg-type]  # a definition's piece
        here, inner = f"{way}{field.name}", getattr(value, field.name)
        if inner in (field.default, None, (), ""):
            found.add(here)
        elif is_dataclass(inner):
            found |= _usual(inner, f"{here}.")
    return found


def _again(app: Flask, definition: d.RoundDefinition) -> d.RoundDefinition:
    """What the page makes of the round out of a blank one: shown, sent and read."""
    zone = d.ContestSettings("Cuộc thi", timezone="Asia/Bangkok").zone
    with app.test_request_context():
        values = form_values(definition, zone)
        sent: MultiDict[str, str] = MultiDict()
        for name, value in values.items():
            if name == "categories":
                for place, row in enumerate(value):  # type: ignore[arg-type]  # rows
                    sent.update({f"categories-{place}-{key}": _typed(one) for key, one in row.items()})
            elif name == "hours_days":
                sent.setlist(name, value)  # type: ignore[arg-type]  # days
            elif value is not False:
                sent[name] = _typed(value)
        form = RoundForm(formdata=sent, meta={"csrf": False})
        return round_from(BLANK, form, lists_of(definition), zone)


def _typed(value: object) -> str:
    if isinstance(value, datetime) or not hasattr(value, "strftime"):
        return "" if value is None else str(value)
    return value.strftime("%d/%m/%Y" if hasattr(value, "year") else "%H:%M")


def test_every_key_of_a_round_has_its_field(app: Flask) -> None:
    assert _usual(FULL) == NOT_HERE, "give the new key a value here, and a field on the page"
    assert _again(app, FULL) == FULL
    other = replace(FULL, paper=d.PaperRule("bank", fixed=("1", "x2")), admits=d.Admission(of_list=2, top=9))
    assert _again(app, other) == other


def test_prizes_of_categories_are_typed_and_what_is_wrong_is_told_there(setup, app, client) -> None:
    setup()
    assert "Thêm đối tượng ở Quy tắc dự thi" in client.get(ROUND).text
    with app.app_context():
        make_bank("bank-2")
        whole = definition_of(get_contest("cuoc-thi"))
        kinds = (d.Category("hoc-sinh", "Học sinh"), d.Category("can-bo", "Cán bộ"))
        asked = replace(whole.entry.fields, category=d.Presence.OPTIONAL)
        wanted = replace(whole, entry=replace(whole.entry, categories=kinds, fields=asked))
        apply_definition(wanted, actor=ACTOR, now=clock.now())
    data = fields_of(client.get(ROUND).text, ROUND)
    data["categories-0-prizes"], data["categories-0-most"] = "Nhất | 2\nNhì | không", "5"
    reply = client.post(ROUND, data=data)
    assert reply.status_code == 422
    assert "Giải riêng của “Học sinh”, mỗi dòng một giải: dòng 2 “Nhì | không” chưa đúng." in reply.text
    data["categories-0-prizes"] = "Nhất | 2\nNhất | 1"
    data["categories-1-bank"] = "bank-2"
    page = client.post(ROUND, data=data).text
    assert 'href="#categories-0-prizes"' in page
    assert "Giải “Nhất” có hai lần." in page
    assert "Vừa có giải riêng vừa giới hạn số giải chung." in page
    assert "Đặt đối tượng dự thi thành “Bắt buộc”" in page
    data["categories-0-prizes"], data["categories-0-most"] = "Nhất | 2 | 1 triệu", ""
    data["categories-1-bank"], data["categories-1-most"] = "", "3"
    assert client.post(ROUND, data=data).status_code == 303
    with app.app_context():
        (round_,) = definition_of(get_contest("cuoc-thi")).rounds
    own = d.CategoryRule("hoc-sinh", None, (d.Prize("Nhất", 2, "1 triệu"),))
    assert round_.categories == (own, d.CategoryRule("can-bo", most=3))
    data = fields_of(client.get(ROUND).text, ROUND)
    data["categories-1-most"] = ""
    assert client.post(ROUND, data=data).status_code == 303
    with app.app_context():
        assert definition_of(get_contest("cuoc-thi")).rounds[0].categories == (own,)
