"""Whatever the organisers set, writing it down and reading it back gives the same."""

import json
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quiz.contests.definition import (
    AttemptRule,
    AwardRule,
    Birth,
    Category,
    CollectiveDefinition,
    ContestDefinition,
    ContestSettings,
    Decision,
    EntryFields,
    EntryPolicy,
    Finish,
    Language,
    ListDefinition,
    MatrixCell,
    OpenHours,
    PaperRule,
    Per,
    PredictionRule,
    Presence,
    Prize,
    PublishRule,
    PublishTime,
    RoundDefinition,
    Shuffle,
    Study,
    Take,
    Unique,
    Way,
    Weekday,
    check_definition,
    parse_definition,
    write_definition,
)
from quiz.contests.definition_lines import Path, key_lines
from quiz.contests.definition_lists import LIST_TIMES
from quiz.scoring.collective import Basis, Component, Formula, Gate, Measure, Over
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Counts, Criterion
from quiz.scoring.unit_values import DIVISIBLE


def clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


letters = st.sampled_from("aàâăđơừ \"'\\#=[]{},.#\t0-–“”😀é")
texts = st.text(letters, max_size=12).map(clean)
names = texts.filter(bool)
prose = st.lists(texts, max_size=4).map("\n".join).map(clean)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
zones = st.sampled_from(
    ["Asia/Ho_Chi_Minh", "UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]
)
moments = st.integers(1_010_000_000, 4_030_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))
settings = st.builds(
    ContestSettings,
    title=names,
    short_title=texts,
    organiser=texts,
    decision=st.none() | st.builds(Decision, names, st.dates(date(1000, 1, 1))),
    tree=slugs,
    timezone=zones,
    language=st.sampled_from(Language),
    audience=texts,
    barred=texts,
    about=prose,
    hotline=texts,
    hotline_hours=texts,
    documents=st.lists(slugs, max_size=3, unique=True).map(tuple),
    study=st.sampled_from(Study),
)
entries = st.builds(
    EntryPolicy,
    fields=st.builds(
        EntryFields,
        national_id=st.just(Presence.REQUIRED),
        unit=st.sampled_from([Presence.REQUIRED, Presence.OPTIONAL]),
        gender=st.sampled_from(Presence),
        email=st.sampled_from(Presence),
        address=st.sampled_from(Presence),
        workplace=st.sampled_from(Presence),
    ),
    birth=st.sampled_from(Birth),
    categories=st.lists(
        st.builds(Category, slugs, names),
        max_size=3,
        unique_by=(lambda one: one.code, lambda one: one.name.casefold()),  # type: ignore[no-any-return]
    ).map(tuple),
    unique=st.sampled_from(Unique),
    ways=st.lists(st.sampled_from(Way), min_size=1, unique=True).map(tuple),
    min_age=st.none() | st.integers(16, 20),
    max_age=st.none() | st.integers(30, 120),
    allow_under_16=st.booleans(),
    consent=prose,
    consent_version=st.sampled_from(["1", "3", "2026-10-20"]),
    retention_months=st.integers(1, 120),
).map(lambda entry: entry if entry.has_way_to_identity else replace(entry, ways=(Way.ACCOUNT,)))
prizes = st.lists(
    st.builds(Prize, names, st.integers(1, 50), st.just("") | names),
    max_size=3,
    unique_by=lambda prize: prize.name,
).map(tuple)
awardings = st.builds(AwardRule, st.sampled_from(Exclusive), st.booleans(), st.none() | st.integers(1, 100))
matrices = st.lists(
    st.builds(MatrixCell, st.none() | names, st.none() | names, st.integers(1, 20)),
    min_size=1,
    max_size=4,
    unique_by=lambda cell: (cell.topic, cell.level),
).map(tuple)
fixed = st.lists(st.from_regex(r"[0-9]{1,3}[a-c]?", fullmatch=True), min_size=1, max_size=5, unique=True).map(
    tuple
)
shuffles = st.lists(st.sampled_from(Shuffle), unique=True).map(tuple)
shares = st.none() | st.decimals(Decimal("0.01"), Decimal(1), places=2)
papers = st.builds(PaperRule, slugs, shuffles, matrix=matrices, exposure_cap=shares) | st.builds(
    PaperRule, slugs, shuffles, fixed=fixed
)
stated = st.sampled_from(Stated)
predictions = st.builds(
    PredictionRule, st.sampled_from([t for t in Target if not t.is_percentage]), counts=stated
) | st.builds(PredictionRule, st.just(Target.PERCENT_ALL_CORRECT), st.integers(0, 5), stated)
of_predictions = [Criterion.PREDICTION_ERROR, Criterion.PREDICTION_NOT_ABOVE]
others: list[Criterion] = [criterion for criterion in Criterion if criterion not in of_predictions]
publications = st.sampled_from(
    [
        PublishRule(PublishTime.AT_ONCE, PublishTime.AFTER_CLOSE),
        PublishRule(PublishTime.AFTER_CLOSE, PublishTime.AFTER_PUBLICATION),
        PublishRule(PublishTime.AFTER_PUBLICATION, PublishTime.NEVER),
        PublishRule(board=PublishTime.NEVER, freeze_minutes=30),
    ]
)


hours = st.builds(
    OpenHours,
    st.sets(st.sampled_from(Weekday), min_size=1).map(lambda days: tuple(d for d in Weekday if d in days)),
    st.sampled_from(["00:00", "07:30"]),
    st.sampled_from(["17:00", "24:00"]),
)


@st.composite
def rounds(draw: st.DrawFn, number: int) -> RoundDefinition:
    opens_at = draw(moments)
    minutes = draw(st.none() | st.integers(1, 600))
    practice = draw(st.booleans())
    prediction = None if practice else draw(st.none() | predictions)
    ranking = draw(st.lists(st.sampled_from(others), min_size=1, unique=True))
    if prediction:
        place = draw(st.integers(0, len(ranking)))
        ranking[place:place] = of_predictions[: draw(st.integers(1, 2))]
    won = () if practice else draw(prizes)
    return RoundDefinition(
        number=number,
        name=draw(names),
        opens_at=opens_at,
        closes_at=opens_at + draw(st.timedeltas(timedelta(minutes=661), timedelta(days=200))),
        minutes=minutes,
        paper=draw(papers),
        attempts=AttemptRule(
            draw(st.none() | st.integers(1, 99)),
            Per.ROUND if practice else draw(st.sampled_from(Per)),
            draw(st.sampled_from(Counts)),
        ),
        practice=practice,
        ranking=tuple(ranking),
        prediction=prediction,
        publish=draw(publications),
        finish=draw(st.sampled_from(Finish)),
        must_answer_all=draw(st.booleans()),
        start_spread_seconds=0 if minutes is None else draw(st.integers(0, 3600)),
        prizes=won,
        awarding=draw(awardings) if won else AwardRule(),
    )


rates = st.decimals(Decimal("0.0001"), Decimal(1), places=4)
sizes = st.none() | st.integers(1, 1000)
gates = st.lists(
    st.builds(Gate, sizes, rates)
    | st.builds(Gate, sizes, winners=st.integers(1, 9))
    | st.builds(Gate, sizes, participants=st.integers(1, 9)),
    max_size=3,
    unique_by=lambda gate: (gate.kind, gate.headcount_below),
).map(tuple)
ties = st.lists(st.sampled_from(sorted(set(Measure) - {Measure.PRIZE_POINTS})), max_size=3, unique=True).map(
    tuple
)
bands = st.lists(st.integers(1, 1000), max_size=3, unique=True).map(tuple)
points = st.lists(st.integers(0, 100), max_size=3).map(lambda found: tuple(sorted(found, reverse=True)))
weights = st.decimals(Decimal("0.01"), Decimal(100), places=2)
components = st.one_of(
    st.builds(
        Component,
        st.sampled_from(sorted(DIVISIBLE - {Measure.PRIZE_POINTS})),
        weights,
        st.sampled_from(Basis),
        points,
    ),
    st.builds(Component, st.sampled_from((Measure.PARTICIPATION_RATE, Measure.MERIT)), weights),
    st.builds(Component, st.just(Measure.MEAN_SCORE), best=st.integers(1, 200)),
)
boards = {"tie": ties, "bands": bands, "divisions": st.booleans(), "over": st.sampled_from(Over)}
collectives = st.lists(
    st.builds(
        CollectiveDefinition,
        names,
        st.sampled_from(sorted(set(Formula) - {Formula.SUM})),
        texts,
        gates,
        prizes,
        **boards,
    )
    | st.builds(
        CollectiveDefinition,
        names,
        st.just(Formula.SUM),
        texts,
        gates,
        prizes,
        st.lists(components, min_size=1, max_size=3).map(tuple),
        **boards,
    ),
    max_size=2,
    unique_by=lambda collective: collective.name,
).map(tuple)


@st.composite
def combined(draw: st.DrawFn, number: int, of: list[int]) -> ListDefinition:
    chosen = draw(st.lists(st.sampled_from(of), min_size=1, unique=True))
    return ListDefinition(
        number,
        f"{draw(names)} {number}",
        tuple(chosen),
        draw(st.sampled_from(Take)),
        draw(st.sampled_from(Counts)),
        tuple(draw(st.lists(st.sampled_from(others), min_size=1, unique=True))),
        draw(st.integers(1, len(chosen))),
        draw(st.sampled_from(LIST_TIMES)),
        draw(prizes),
    )


@st.composite
def definitions(draw: st.DrawFn) -> ContestDefinition:
    numbers = sorted(draw(st.sets(st.integers(1, 999), max_size=3)))
    made = tuple(draw(rounds(number)) for number in numbers)
    counting = [one.number for one in made if not one.practice]
    lists = sorted(draw(st.sets(st.integers(1, 50), max_size=2))) if counting else []
    chosen = draw(settings)
    made = tuple(
        replace(one, windows=replace(one.windows, zone=chosen.timezone)) if one.windows else one
        for one in made
    )
    return ContestDefinition(
        slug=draw(slugs),
        settings=chosen,
        entry=draw(entries),
        rounds=made,
        collective=draw(collectives),
        lists=tuple(draw(combined(number, counting)) for number in lists),
    )


@given(definitions())
def test_toml_gives_the_same_definition_back(definition: ContestDefinition) -> None:
    assert check_definition(definition) == ()
    assert parse_definition(write_definition(definition)) == definition


@given(definitions())
def test_json_gives_the_same_definition_back(definition: ContestDefinition) -> None:
    stored = json.loads(json.dumps(definition.as_dict()))
    assert ContestDefinition.from_dict(stored) == definition


def paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """Every place in parsed TOML."""
    inner: Any = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, item in inner:
        yield (*path, key), item
        yield from paths(item, (*path, key))


@given(definitions())
def test_every_key_has_the_line_on_which_it_stands(definition: ContestDefinition) -> None:
    text = write_definition(definition)
    lines, written = key_lines(text), text.split("\n")
    found = dict(paths(tomllib.loads(text)))
    assert lines.keys() == found.keys()
    for path, line in lines.items():
        key = path[-1] if isinstance(path[-1], str) else path[-2]
        near = written[max(line - 60, 0) : line] if isinstance(path[-1], int) else written[line - 1 : line]
        assert any(str(key) in row for row in near)
