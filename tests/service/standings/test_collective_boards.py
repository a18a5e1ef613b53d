"""Collective rules on both databases: winners, best people, categories, sizes, several rounds."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.bank.queries import revisions
from quiz.collective.service import save_facts
from quiz.collective.values import UnitFact
from quiz.contests.definition import (
    Category,
    CategoryRule,
    CollectiveDefinition,
    EntryFields,
    EntryPolicy,
    Presence,
    Prize,
)
from quiz.contests.definition_collective import Band
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.scoring.collective import Component, Formula, Gate, Measure, Over, PrizePoints
from quiz.scoring.ranking import Criterion
from quiz.standings.collective_boards import CollectiveBoard
from quiz.standings.collective_reading import boards_of
from quiz.standings.service import freeze_round
from tests.support.factories import (
    KEYRING,
    NOW,
    make_bank,
    make_contest,
    make_entry,
    round_definition,
    unit_id,
)

PRIZES = (Prize("Nhất", 1), Prize("Nhì", 1))
COMMUNES = "xã, phường"


def _contest() -> Contest:
    """Two rounds that rank by correct answers alone; officials have a prize of their own."""
    make_bank()
    shared = {
        "ranking": (Criterion.CORRECT_COUNT,),
        "prediction": None,
        "prizes": PRIZES,
        "categories": (CategoryRule("can-bo", None, (Prize("Giải cán bộ", 1),)),),
    }
    policy = EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED, category=Presence.OPTIONAL),
        categories=(Category("can-bo", "Cán bộ"),),
    )
    return make_contest(
        "cuoc-thi", round_definition(1, **shared), round_definition(2, **shared), policy=policy
    )


def _play(contest: Contest, number: int, unit: str, right: Sequence[int | None], **changes: object) -> None:
    """Person `number` answers so many of six correctly in round 1, round 2, …; None: takes no part."""
    entry = make_entry(contest, number, unit_id=unit_id(contest, unit), **changes)
    for round_number, count in enumerate(right, start=1):
        if count is None:
            continue
        start = NOW + timedelta(minutes=10 * round_number)
        attempt = service.start(contest, entry.id, round_number, now=start, keyring=KEYRING)
        views = revisions([revision for revision, _order in attempt.paper])
        answers = {}
        for place, (revision, order) in enumerate(attempt.paper, start=1):
            correct = order.index(views[revision].correct[0]) + 1
            answers[place] = (correct if place <= count else correct % len(order) + 1,)
        now = start + timedelta(minutes=5)
        service.submit(attempt.code, Sheet(1, answers, (), ""), entry_id=entry.id, now=now, keyring=KEYRING)


def _filled() -> Contest:
    # commune 03646: 1 (6, 4), 2 (5, –); ward 03688: 3 (3, 6), 4 (5, 5) an official
    contest = _contest()
    _play(contest, 1, "03646", (6, 4))
    _play(contest, 2, "03646", (5, None))
    _play(contest, 3, "03688", (3, 6))
    _play(contest, 4, "03688", (5, 5), category="can-bo")
    facts = (UnitFact("03646", {"": 4, "can-bo": 0}), UnitFact("03688", {"": 2, "can-bo": 2}))
    save_facts(
        contest, facts, round_number=1, as_of=date(2026, 11, 1), staff_id=1, actor=Actor.system(), now=NOW
    )
    return contest


def _rounds(contest: Contest) -> list[Round]:
    return [db.session.get_one(Round, (contest.id, number)) for number in (1, 2)]


def _freeze(contest: Contest, number: int) -> None:
    later = NOW + timedelta(days=7)
    with transaction():
        round_ = db.session.get_one(Round, (contest.id, number))
        round_.state = RoundState.CLOSED.value
    freeze_round(contest, number, now=later, keyring=KEYRING)
    with transaction():
        db.session.get_one(Round, (contest.id, number)).state = RoundState.FROZEN.value


def _shown(boards: Sequence[CollectiveBoard]) -> str:
    return " | ".join(
        " ".join(
            f"{row.rank}:{row.unit.code}={row.value}" if row.rank else f"{row.unit.code}:{row.trouble}"
            for row in board.rows
        )
        for board in boards
    )


def _board(contest: Contest, *components: Component, rounds: Sequence[int] = (1,), **more: object) -> str:
    formula = Formula.SUM if components else more.pop("formula")
    rule = CollectiveDefinition("Giải", formula, COMMUNES, components=components, **more)  # type: ignore[arg-type]
    chosen = [one for one in _rounds(contest) if one.number in rounds]
    return _shown(boards_of(contest, rule, chosen, NOW + timedelta(days=8)))


def test_rates_over_one_round_all_rounds_and_their_mean() -> None:
    contest = _filled()
    rate = {"formula": Formula.PARTICIPATION_RATE}
    assert _board(contest, **rate) == "1:03688=1 2:03646=1/2"
    # as one: two of four and two of two people; the mean of 2/4 and 1/4 is 3/8
    assert _board(contest, rounds=(1, 2), over=Over.ALL, **rate) == "1:03688=1 2:03646=1/2"
    assert _board(contest, rounds=(1, 2), over=Over.MEAN, **rate) == "1:03688=1 2:03646=3/8"
    # attempts add up: 2 + 1 and 2 + 2
    attempts = _board(contest, rounds=(1, 2), over=Over.ALL, formula=Formula.ATTEMPTS)
    assert attempts == "1:03688=4 2:03646=3"
    (board,) = boards_of(
        contest, CollectiveDefinition("Giải", level=COMMUNES, over=Over.MEAN), _rounds(contest), NOW
    )
    assert [(row.totals.participants, row.totals.attempts) for row in board.rows] == [(2, 4), (2, 3)]


def test_the_best_people_of_a_unit_also_over_rounds() -> None:
    contest = _filled()
    best = Component(Measure.MEAN_SCORE, best=1)
    assert _board(contest, best) == "1:03646=6 2:03688=5"  # one round: 6 and 5
    # both rounds added: 6+4 = 10, 5+5 = 10, and of two best (10+5)/2, (10+9)/2
    assert _board(contest, best, rounds=(1, 2), over=Over.ALL) == "1:03646=10 1:03688=10"
    two = Component(Measure.MEAN_SCORE, best=2)
    assert _board(contest, two, rounds=(1, 2), over=Over.ALL) == "1:03688=19/2 2:03646=15/2"


def test_winners_and_points_of_prizes_once_places_are_frozen() -> None:
    contest = _filled()
    points = Component(Measure.PRIZE_POINTS, prizes=(PrizePoints("Nhất", 10), PrizePoints("Nhì", 8)))
    assert _board(contest, points) == "1:03646=0 1:03688=0"  # nobody has won yet
    _freeze(contest, 1)
    # 1 first (6), 2 second (5); 4, as good as 2, is an official: those have a prize of their own
    assert _board(contest, points) == "1:03646=18 2:03688=0"
    assert _board(contest, formula=Formula.WINNERS) == "1:03646=2 2:03688=1"
    gate = _board(contest, formula=Formula.PARTICIPANTS, gates=(Gate(None, winners=2),))
    assert gate == "1:03646=2 03688:too_few_winners"


def test_each_rule_asks_its_own_list_of_merit() -> None:
    """The contest's: 03688 8.5. Tuyên truyền: 03688 2, 03646 3; two rules share it. Another one is empty."""
    contest = _filled()
    own = {"formula": Formula.MERIT, "level": COMMUNES}
    rules = [
        CollectiveDefinition(name, merit_list=of, **own)
        for name, of in (("Một", ""), ("Hai", "Tuyên truyền"), ("Ba", "Tuyên truyền"), ("Bốn", "Chỉ đạo"))
    ]
    with transaction():
        contest.collective_data = [rule.as_dict() for rule in rules]
    by = {"round_number": 1, "as_of": NOW.date(), "staff_id": 1, "actor": Actor.system(), "now": NOW}
    save_facts(contest, [UnitFact("03688", merit=Decimal("8.5"), reason="Tổ chức tốt")], **by)
    second = [
        UnitFact("03688", merit=Decimal(2), reason="Đủ"),
        UnitFact("03646", merit=Decimal(3), reason="Rộng"),
    ]
    assert save_facts(contest, second, merit_list="Tuyên truyền", **by).merits == 2
    assert save_facts(contest, second, merit_list="Tuyên truyền", **by).merits == 0
    with pytest.raises(NotFound):
        save_facts(contest, second, merit_list="Không có", **by)
    found = []
    for rule in rules:
        (board,) = boards_of(contest, rule, _rounds(contest)[:1], NOW)
        found.append({row.unit.code: (row.rank, row.value) for row in board.rows})
    assert found[0] == {"03688": (1, Fraction(17, 2)), "03646": (None, None)}
    assert found[1] == found[2] == {"03646": (1, 3), "03688": (2, 2)}
    assert found[3] == {"03646": (None, None), "03688": (None, None)}


def test_gates_by_category_merit_and_boards_by_size() -> None:
    contest = _filled()
    officials = (Gate(None, Decimal(1), "can-bo"),)
    # one of two officials at 03688; 03646 has none and owes none
    assert _board(contest, formula=Formula.PARTICIPANTS, gates=officials) == "1:03646=2 03688:below_gate"
    facts = [UnitFact("03688", merit=Decimal("8.5"), reason="Tổ chức tốt")]
    save_facts(contest, facts, round_number=1, as_of=NOW.date(), staff_id=1, actor=Actor.system(), now=NOW)
    db.session.refresh(contest)
    assert _board(contest, formula=Formula.MERIT) == "1:03688=17/2 03646:not_named"
    rule = CollectiveDefinition("Giải", Formula.PARTICIPANTS, COMMUNES, bands=(3,))
    boards = boards_of(contest, rule, _rounds(contest)[:1], NOW)
    assert {board.key.band: [row.unit.code for row in board.rows] for board in boards} == {
        Band(3, None): ["03646"],
        Band(0, 3): ["03688"],
    }
