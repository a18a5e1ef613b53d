"""The form of a contest definition: the one that others write by hand, defaults, refusals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from quiz.contests.definition import (
    AttemptRule,
    ContestDefinition,
    ContestSettings,
    EntryFields,
    EntryPolicy,
    Finish,
    MatrixCell,
    PaperRule,
    Per,
    PredictionRule,
    Presence,
    Prize,
    PublishRule,
    PublishTime,
    RoundDefinition,
    Shuffle,
    Unique,
    check_definition,
    parse_definition,
    write_definition,
)
from quiz.scoring.collective import Formula, Gate
from quiz.scoring.prediction import Target
from quiz.scoring.ranking import Counts, Criterion
from tests.support.definitions import PUBLISHED_FORM, SMALL, refused


def test_every_value_of_the_published_form() -> None:
    definition = parse_definition(PUBLISHED_FORM)
    assert (definition.slug, definition.title, definition.tree) == (
        "tim-hieu-dai-hoi",
        "Tìm hiểu lịch sử các kỳ Đại hội",
        "son-la",
    )
    decision = definition.settings.decision
    assert decision is not None
    assert (decision.number, decision.date) == ("12-KH/BTG", date(2026, 10, 1))
    assert definition.entry == EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED), unique=Unique.PHONE, min_age=14
    )
    assert definition.rounds == (
        RoundDefinition(
            number=1,
            name="Vòng 1",
            # local times of Viet Nam, seven hours ahead
            opens_at=datetime(2026, 11, 16, 3, tzinfo=UTC),
            closes_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
            minutes=10,
            attempts=AttemptRule(7, Per.ROUND, Counts.BEST_THEN_EARLIEST),
            paper=PaperRule(
                "lich-su-dai-hoi",
                (Shuffle.QUESTIONS, Shuffle.CHOICES),
                (MatrixCell("Đại hội I–V", "dễ", 4), MatrixCell("Đại hội VI–XIV", "vừa", 6)),
            ),
            prediction=PredictionRule(Target.PEOPLE_ALL_CORRECT, 0),
            ranking=(Criterion.ALL_CORRECT, Criterion.PREDICTION_ERROR, Criterion.SUBMITTED_AT),
            publish=PublishRule(PublishTime.AT_ONCE, PublishTime.AFTER_PUBLICATION),
        ),
    )
    (collective,) = definition.collective
    assert (collective.name, collective.formula, collective.level) == (
        "Giải tập thể",
        Formula.PARTICIPATION_RATE,
        "xã, phường",
    )
    assert collective.gates == (Gate(50, Decimal("0.30")), Gate(100, Decimal("0.25")))


def test_what_a_small_definition_leaves_out() -> None:
    definition = parse_definition(SMALL)
    settings, entry, (round_,) = definition.settings, definition.entry, definition.rounds
    assert (settings.timezone, settings.language.value, settings.display_title) == (
        "Asia/Ho_Chi_Minh",
        "vi",
        "Cuộc thi nhỏ",
    )
    assert entry == EntryPolicy()
    assert [
        name for name in ("name", "birth_date", "phone", "national_id", "unit") if entry.requires(name)
    ] == [
        "name",
        "birth_date",
        "phone",
    ]
    assert not entry.asks("unit")
    assert (round_.name, round_.finish, round_.must_answer_all, round_.prizes) == (
        "Vòng 1",
        Finish.CUT,
        False,
        (),
    )
    assert round_.attempts == AttemptRule(1, Per.ROUND, Counts.BEST_THEN_EARLIEST)
    assert round_.paper.shuffle == (Shuffle.QUESTIONS, Shuffle.CHOICES)
    assert round_.ranking == (Criterion.CORRECT_COUNT, Criterion.DURATION, Criterion.SUBMITTED_AT)
    assert round_.publish == PublishRule(PublishTime.AT_ONCE, PublishTime.AFTER_PUBLICATION)
    assert (round_.prediction, definition.collective) == (None, ())


def test_everything_that_may_be_added() -> None:
    definition = parse_definition(
        """\
[contest]
slug = "day-du"
title = "Cuộc thi đủ mọi mục"
short_title = "Đủ mọi mục"
organiser = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
audience = "Công dân từ 16 tuổi"
barred = "Người ra đề"
hotline = "0212 000 0000"
hotline_hours = "7:30–17:00"
language = "en"
about = \"""
Đoạn một.

Đoạn "hai".
\"""

[entry]
fields.national_id = "optional"
fields.unit = "off"
unique = "phone+name+birth_date"
max_age = 35
allow_under_16 = false
consent = "Tôi đồng ý."
consent_version = "3"
retention_months = 6

[[rounds]]
number = 2
name = "Tuần 2"
opens_at = 2026-11-23T10:00:00+07:00
closes_at = 2026-11-30 09:00:00
minutes = 0
finish = "let_finish"
must_answer_all = true
prizes = [{ name = "Nhất" }, { name = "Nhì", count = 2 }]
attempts = { limit = "unlimited", per = "week", counts = "last" }
prediction = { target = "percent_all_correct" }

[rounds.paper]
bank = "lich-su"
shuffle = []
fixed = [1, 2, "3a"]

[[rounds]]
number = 1
opens_at = 2026-11-16T10:00:00
closes_at = 2026-11-23T09:00:00
minutes = 10
paper = { bank = "lich-su", matrix = [{ topic = "Đại hội I", count = 3 }, { count = 7 }] }
attempts = { limit = 0 }
"""
    )
    assert definition.settings.display_title == "Đủ mọi mục"
    assert definition.settings.about == 'Đoạn một.\n\nĐoạn "hai".'
    assert definition.entry.presence("national_id") is Presence.OPTIONAL
    assert definition.entry.lowest_age == 16
    assert (definition.entry.consent, definition.entry.consent_version) == ("Tôi đồng ý.", "3")
    first, second = definition.rounds  # in the order of their numbers
    assert (first.number, second.number) == (1, 2)
    assert first.attempts.limit is None
    assert first.paper.question_count == 10
    assert second.opens_at == datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert (second.minutes, second.attempts.limit) == (None, None)
    assert (second.finish, second.must_answer_all) == (Finish.LET_FINISH, True)
    assert second.prizes == (Prize("Nhất", 1), Prize("Nhì", 2))
    assert (second.paper.shuffle, second.paper.fixed, second.paper.question_count) == (
        (),
        ("1", "2", "3a"),
        3,
    )
    assert second.prediction == PredictionRule(Target.PERCENT_ALL_CORRECT, 5)
    assert second.ranking[1] is Criterion.PREDICTION_ERROR


def test_a_round_shorter_than_its_minutes_is_refused() -> None:
    ((line, key, _, _),) = refused(SMALL.replace("2026-11-23T09:00:00", "2026-11-16T10:05:00"))
    assert (line, key) == (9, "rounds[1].minutes")


def test_windows_line_ends_and_byte_order_mark_do_not_matter() -> None:
    assert parse_definition("\ufeff" + PUBLISHED_FORM.replace("\n", "\r\n")) == parse_definition(
        PUBLISHED_FORM
    )


def test_texts_are_composed() -> None:
    decomposed = SMALL.replace("Cuộc thi nhỏ", "Cuo\u0323\u0302c thi nho\u0309")
    assert parse_definition(decomposed).title == "Cuộc thi nhỏ"


def test_hours_that_the_clock_skips_are_refused_and_those_that_come_twice_survive() -> None:
    berlin = SMALL.replace('slug = "nho"', 'slug = "nho"\ntimezone = "Europe/Berlin"')
    problems = refused(berlin.replace("2026-11-16T10:00:00", "2026-03-29T02:30:00"))
    assert [(line, key) for line, key, _, _ in problems] == [(8, "rounds[1].opens_at")]
    twice = parse_definition(berlin.replace("2026-11-16T10:00:00", "2026-10-25T02:30:00+01:00"))
    assert twice.rounds[0].opens_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert "opens_at = 2026-10-25T02:30:00+01:00" in write_definition(twice)
    assert parse_definition(write_definition(twice)) == twice


@pytest.mark.parametrize("text", [PUBLISHED_FORM, SMALL])
def test_what_is_written_is_read_back(text: str) -> None:
    definition = parse_definition(text)
    written = write_definition(definition)
    assert parse_definition(written) == definition
    assert write_definition(parse_definition(written)) == written
    assert ContestDefinition.from_dict(definition.as_dict()) == definition


def test_times_are_written_as_local_times() -> None:
    written = write_definition(parse_definition(SMALL))
    assert "opens_at = 2026-11-16T10:00:00\n" in written
    assert "minutes = 10\n" in written


def test_a_definition_made_on_a_page_is_checked_alike() -> None:
    good = parse_definition(SMALL)
    assert check_definition(good) == ()
    round_ = good.rounds[0]
    bad = replace(good, rounds=(replace(round_, closes_at=round_.opens_at - timedelta(hours=1)),))
    (problem,) = check_definition(bad)
    assert (problem.line, problem.key) == (0, "rounds[1].closes_at")


def test_stored_rows_of_other_versions_can_be_read() -> None:
    data = parse_definition(SMALL).rounds[0].as_dict()
    del data["finish"]
    data["from_the_future"] = 1
    assert RoundDefinition.from_dict(data) == parse_definition(SMALL).rounds[0]
    assert ContestSettings.from_dict({"title": "x"}) == ContestSettings("x")
    with pytest.raises(KeyError, match="title"):
        ContestSettings.from_dict({})


@pytest.mark.parametrize(
    "level,kind,is_leaf,competes",
    [
        ("xã, phường", "xã", True, True),
        ("xã, phường", "Phường", False, True),
        ("xã, phường", "sở", True, False),
        ("xã, phường", "", True, False),
        ("sở, ban, ngành", "ban, ngành", True, True),
        ("xã,phường,đặc khu", "đặc  khu", True, True),
        ("", "xã", True, True),
        ("", "nhóm", False, False),
    ],
)
def test_which_units_compete(level: str, kind: str, is_leaf: bool, competes: bool) -> None:
    (collective,) = parse_definition(PUBLISHED_FORM).collective
    assert replace(collective, level=level).includes(kind, is_leaf=is_leaf) is competes


@pytest.mark.parametrize(
    "min_age,allow_under_16,lowest",
    [(None, True, None), (14, True, 14), (18, True, 18), (None, False, 16), (18, False, 18)],
)
def test_the_lowest_age(min_age: int | None, allow_under_16: bool, lowest: int | None) -> None:
    assert EntryPolicy(min_age=min_age, allow_under_16=allow_under_16).lowest_age == lowest


def test_without_a_rule_a_family_on_one_phone_may_enter() -> None:
    text = '[contest]\nslug = "a-b"\ntitle = "A"\norganiser = "B"\nhotline = "0212 000 0000"\n'
    assert parse_definition(text).entry.unique is Unique.PHONE_NAME_BIRTH_DATE
    without = text + '[entry]\nfields = { birth_date = "off" }\n'
    assert parse_definition(without).entry.unique is Unique.PHONE
