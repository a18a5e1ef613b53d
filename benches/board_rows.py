"""A contest with as many people, attempts and units as are asked for, stored past the services."""

import random
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, inspect, text

from quiz.attempts.models import Attempt, Result
from quiz.contests.definition import Category, EntryFields, EntryPolicy, Presence
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import RoundState
from quiz.core.database import Base, db, transaction
from quiz.entries.models import Entry
from quiz.scoring.ranking import Facts, rank_key
from tests.support.factories import NOW, make_bank, make_contest, make_entry, round_definition

SLUG = "bang-lon"
_SEEDS, _AT_ONCE, _QUESTIONS = 1_000, 5_000, 20
_BLOCKS = 5


def fill(people: int, attempts_each: int, units: int) -> None:
    """A closed round with a prediction; categories of a tenth and of a hundredth of the people."""
    make_bank()
    policy = EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED),
        categories=(Category("hs", "Học sinh"), Category("gv", "Giáo viên"), Category("cb", "Cán bộ")),
    )
    contest = make_contest(SLUG, round_definition(), policy=policy)
    model = _columns(make_entry(contest))
    dice = random.Random(7)
    first_unit = _units(contest, units)
    first_entry = _entries(contest, model, people, first_unit, units)
    criteria = db.session.get_one(Round, (contest.id, 1)).settings.ranking
    for start in range(0, people, _AT_ONCE):
        some = range(start, min(start + _AT_ONCE, people))
        made = [_result(contest, first_entry, number, first_unit, units, criteria, dice) for number in some]
        with transaction() as session:
            session.execute(insert(Result), made)
    _attempts(contest, attempts_each)
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = RoundState.CLOSED.value


def _columns(row: object) -> dict[str, Any]:
    return {one.key: getattr(row, one.key) for one in inspect(type(row)).mapper.column_attrs}


def _units(contest: Contest, count: int) -> int:
    """A province, five blocks, and so many units below them, with ids that follow each other."""
    top, first = 1_000_000, 2_000_000
    blocks = [
        _unit(contest, top + 1 + number, top, f"K{number + 1}", f"Khối {number + 1}", f"/T/K{number + 1}/")
        for number in range(_BLOCKS)
    ]
    leaves = []
    for number in range(count):
        block = blocks[number % _BLOCKS]
        code = f"U{number:05}"
        path = f"{block['path']}{code}/"
        leaves.append(_unit(contest, first + number, block["id"], code, f"Xã {number}", path))
    with transaction() as session:
        session.execute(insert(ContestUnit), [_unit(contest, top, None, "T", "Tỉnh", "/T/")])
        session.execute(insert(ContestUnit), blocks)
        session.execute(insert(ContestUnit), leaves)
    return first


def _unit(contest: Contest, id_: int, parent: int | None, code: str, name: str, path: str) -> dict[str, Any]:
    return {
        "contest_id": contest.id,
        "id": id_,
        "parent_id": parent,
        "code": code,
        "name": name,
        "kind": "xã" if code.startswith("U") else "khối",
        "headcount": 100 if code.startswith("U") else None,
        "position": id_ % 1_000_000 + 10,
        "depth": path.count("/") - 2,
        "path": path,
        "search_key": name.lower().replace("ã", "a"),
        "is_leaf": code.startswith("U"),
    }


def _entries(contest: Contest, model: dict[str, Any], people: int, first_unit: int, units: int) -> int:
    """Some through the model, with names sealed each by itself; the others are copies of these."""
    first = model["id"] + 1_000_000
    dice = random.Random(8)
    seeds = [
        model
        | {
            "id": first + number,
            "identity_key": f"seed {number}",
            "name": f"Lò Thị Hương {number}",
            "phone_tail": f"{dice.randrange(1000):03}",
            "category": _category(number),
            "unit_id": first_unit,
        }
        for number in range(min(_SEEDS, people))
    ]
    with transaction() as session:
        session.execute(insert(Entry), seeds)
        _copy_entries(session, contest, people, first, first_unit, units)
    return int(first)


def _copy_entries(session: Any, contest: Contest, people: int, first: int, unit: int, units: int) -> None:
    names = [column.name for column in Base.metadata.tables["entries"].columns]
    own = {
        "id": "id + copies.n * :seeds",
        "identity_key": "identity_key || ' ' || copies.n",
        "unit_id": f":unit + (id + copies.n * :seeds - {first}) % :units",
    }
    chosen = ", ".join(own.get(name, name) for name in names)
    session.execute(
        text(
            "WITH RECURSIVE copies(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < :most)"
            f" INSERT INTO entries ({', '.join(names)})"
            f" SELECT {chosen} FROM entries, copies WHERE contest_id = :contest AND id >= :first"
        ),
        {
            "most": max(people // _SEEDS - 1, 0),
            "seeds": _SEEDS,
            "unit": unit,
            "units": units,
            "contest": contest.id,
            "first": first,
        },
    )


def _category(number: int) -> str:
    return "gv" if number % 100 == 0 else "hs" if number % 10 == 1 else "cb"


def _result(
    contest: Contest,
    first_entry: int,
    number: int,
    first_unit: int,
    units: int,
    criteria: Any,
    dice: random.Random,
) -> dict[str, Any]:
    right = min(_QUESTIONS, max(0, round(dice.gauss(15, 3))))
    milliseconds = dice.randrange(120_000, 900_000)
    submitted = NOW + timedelta(seconds=dice.randrange(5 * 86_400))
    moment = round(submitted.timestamp() * 1000)
    facts = Facts(right, _QUESTIONS, right == _QUESTIONS, None, milliseconds, moment, 5, moment, moment, 1)
    return {
        "contest_id": contest.id,
        "round_number": 1,
        "entry_id": first_entry + number,
        "attempt_id": (first_entry + number) * 10 + 1 - first_entry * 9,
        "unit_id": first_unit + number % units,
        "category": _category(number % _SEEDS),
        "correct_count": right,
        "question_count": _QUESTIONS,
        "duration_ms": milliseconds,
        "submitted_at": submitted,
        "attempts": 5,
        "times_at_best": 1,
        "first_start": NOW,
        "registered_at": NOW,
        "prediction": str(dice.randrange(5_000)),
        "rank_key": rank_key(criteria, facts),
    }


def _attempts(contest: Contest, each: int) -> None:
    """So many closed attempts of everybody; their sheets are empty, results do not follow from them here."""
    columns = {
        "contest_id": "contest_id", "id": "attempt_id * 10 + n", "code": "'b' || (attempt_id * 10 + n)",
        "round_number": "1", "entry_id": "entry_id", "number": "n + 1", "seed": "0", "paper": "'[]'",
        "started_at": "first_start", "deadline_at": "submitted_at", "accepts_until": "submitted_at",
        "revision": "1", "answers": "'{}'", "flags": "'[]'", "prediction": "prediction",
        "closed_at": "submitted_at", "closed_by": "'entrant'", "submitted_at": "submitted_at",
        "correct_count": "correct_count", "question_count": "question_count", "duration_ms": "duration_ms",
    }  # fmt: skip
    numbers = " UNION ALL ".join(f"SELECT {n} AS n" for n in range(each))
    with transaction() as session:
        session.execute(
            text(
                f"INSERT INTO attempts ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
                f" FROM results, ({numbers}) AS numbers WHERE contest_id = :contest"
            ),
            {"contest": contest.id},
        )
    assert db.session.scalar(db.select(db.func.count()).select_from(Attempt))
