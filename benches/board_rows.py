"""A contest with as many people, attempts and units as are asked for, stored past the services."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, inspect, text
from sqlalchemy.orm import Session

from quiz.accounts.permissions import Role
from quiz.attempts.models import Attempt, Result
from quiz.audit.actors import Actor
from quiz.contests.definition import Category, EntryFields, EntryPolicy, ListDefinition, Presence, Prize
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import RoundState
from quiz.core.database import Base, db, is_sqlite, transaction
from quiz.entries.models import Entry
from quiz.scoring.ranking import Criterion, Facts, rank_key
from quiz.units.queries import get_tree
from quiz.units.service import import_tree
from tests.support.factories import NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.lists import add_lists
from tests.support.staff import make_staff

SLUG, ACCOUNT = "bang-lon", "khoi-mot"
_SEEDS, _AT_ONCE, _QUESTIONS = 1_000, 5_000, 20
_BLOCKS = 5
_PRIZES = (Prize("Nhất", 1), Prize("Nhì", 10), Prize("Ba", 100))


def fill(people: int, attempts_each: int, units: int) -> None:
    """A closed round with a prediction, in a combined list; categories of a tenth and of a hundredth.

    References are not checked while rows are loaded: on PostgreSQL that takes longer than the rows do.
    """
    make_bank()
    policy = EntryPolicy(
        fields=EntryFields(unit=Presence.REQUIRED),
        categories=(Category("hs", "Học sinh"), Category("gv", "Giáo viên"), Category("cb", "Cán bộ")),
    )
    contest = make_contest(SLUG, round_definition(prizes=_PRIZES), policy=policy)
    model = _columns(make_entry(contest))
    dice = random.Random(7)
    first_unit = _units(contest, units)
    first_entry = _entries(contest, model, people, first_unit, units)
    criteria = contest_round(contest).settings.ranking
    for start in range(0, people, _AT_ONCE):
        some = range(start, min(start + _AT_ONCE, people))
        made = [_result(contest, first_entry, number, first_unit, units, criteria, dice) for number in some]
        with _loading() as session:
            _insert_results(session, made)
    _attempts(contest, attempts_each)
    _list(contest)
    _account(contest, units)
    with transaction() as session:
        session.get_one(Round, (contest.id, 1)).state = RoundState.CLOSED.value


@contextmanager
def _loading() -> Iterator[Session]:
    with transaction() as session:
        if not is_sqlite():
            session.execute(text("SET LOCAL session_replication_role TO replica"))
        yield session


def _insert_results(session: Session, made: list[dict[str, Any]]) -> None:
    if is_sqlite():
        session.execute(insert(Result), made)
        return
    plain: Any = session.connection().connection.driver_connection
    names = list(made[0])
    with plain.cursor() as cursor, cursor.copy(f"COPY results ({', '.join(names)}) FROM STDIN") as copy:
        for row in made:
            copy.write_row([row[name] for name in names])


def _list(contest: Contest) -> None:
    """A combined list of the one round: everybody's sum is their result."""
    criteria = contest_round(contest).settings.ranking
    ranking = tuple(one for one in criteria if one is not Criterion.PREDICTION_ERROR)
    add_lists(contest.id, ListDefinition(1, "Chung cuộc", (1,), ranking=ranking))
    known = {column.name for column in Base.metadata.tables["results"].columns}
    own = {"list_number": "1", "rounds": "1", "attempt_id": "NULL"}
    names = [
        column.name
        for column in Base.metadata.tables["list_results"].columns
        if column.name in own or column.name in known
    ]
    chosen = ", ".join(own.get(name, name) for name in names)
    with _loading() as session:
        session.execute(
            text(
                f"INSERT INTO list_results ({', '.join(names)}) SELECT {chosen} FROM results"
                " WHERE contest_id = :contest"
            ),
            {"contest": contest.id},
        )


def _account(contest: Contest, units: int) -> None:
    """The account of the first block, whose tree is the contest's."""
    lines = ["code,parent_code,name,kind,headcount", "T,,Tỉnh,tỉnh,"]
    lines += [f"K{number + 1},T,Khối {number + 1},khối," for number in range(_BLOCKS)]
    lines += [f"U{number:05},K{number % _BLOCKS + 1},Xã {number},xã,100" for number in range(units)]
    import_tree("\n".join(lines).encode(), "units.csv", "cay-lon", actor=Actor.system(), now=NOW)
    tree = get_tree("cay-lon")
    with transaction() as session:
        session.get_one(Contest, contest.id).tree_id = tree.id
    make_staff(ACCOUNT, Role.UNIT_VIEWER, tree=tree, unit_code="K1")


def contest_round(contest: Contest) -> Round:
    """Its only round."""
    return db.session.get_one(Round, (contest.id, 1))


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
    seeds = [
        model
        | {
            "id": first + number,
            "identity_key": f"seed {number}",
            "name": f"Lò Thị Hương {number}",
            "phone_tail": f"{number * 7 % 1000:03}",  # as many of each as chance gives a large contest
            "category": _category(number),
            "unit_id": first_unit,
        }
        for number in range(min(_SEEDS, people))
    ]
    with _loading() as session:
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
    with _loading() as session:
        session.execute(
            text(
                f"INSERT INTO attempts ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
                f" FROM results, ({numbers}) AS numbers WHERE contest_id = :contest"
            ),
            {"contest": contest.id},
        )
    assert db.session.scalar(db.select(db.func.count()).select_from(Attempt))
