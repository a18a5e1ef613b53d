"""The roster of a contest: what a file would change, and saving it. All or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.models import Contest
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries import list_queries
from quiz.entries.eligibility import find_listed_unit
from quiz.entries.models import RosterPerson
from quiz.entries.name_index import code_hash, name_columns
from quiz.entries.people_tables import ListProblem
from quiz.entries.roster_reading import RosterRow, code_key
from quiz.units.rows import Severity

_MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What saving would do. `gone` are not in the file any more; `staying` of them have entered already."""

    added: tuple[RosterRow, ...]
    changed: tuple[RosterRow, ...]
    unchanged: int
    gone: tuple[RosterPerson, ...]
    staying: tuple[RosterPerson, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether the list is as the file has it."""
        return not (self.added or self.changed or self.gone)


def plan_roster(contest: Contest, rows: tuple[RosterRow, ...]) -> RosterPlan:
    """The rows against the list there is, by code. Nothing is saved."""
    known = {code_key(row.code): row for row in list_queries.list_roster(contest.id)}
    entered = list_queries.entered_of(contest.id)
    wanted = {code_key(row.code) for row in rows}
    added = tuple(row for row in rows if code_key(row.code) not in known)
    changed = tuple(
        row
        for row in rows
        if (old := known.get(code_key(row.code))) is not None and _values(row) != _held(old)
    )
    missing = [row for key, row in known.items() if key not in wanted]
    return RosterPlan(
        added=added,
        changed=changed,
        unchanged=len(rows) - len(added) - len(changed),
        gone=tuple(row for row in missing if row.id not in entered),
        staying=tuple(row for row in missing if row.id in entered),
    )


def save_roster(
    contest: Contest,
    rows: tuple[RosterRow, ...],
    *,
    removes_gone: bool,
    actor: Actor,
    now: datetime,
    keyring: Keyring,
) -> RosterPlan:
    """Bring the list to what the rows say. With `removes_gone` go those who are gone and have not entered."""
    with transaction() as session:
        plan = plan_roster(contest, rows)
        known = {code_key(row.code): row for row in list_queries.list_roster(contest.id)}
        for row in plan.changed:
            for name, value in _columns(contest.id, row, keyring).items():
                setattr(known[code_key(row.code)], name, value)
        session.add_all(
            RosterPerson(
                contest_id=contest.id, id=new_id(), added_at=now, **_columns(contest.id, row, keyring)
            )
            for row in plan.added
        )
        removed = [row.id for row in plan.gone] if removes_gone else []
        for start in range(0, len(removed), _MOST_AT_ONCE):
            session.execute(
                delete(RosterPerson).where(
                    RosterPerson.contest_id == contest.id,
                    RosterPerson.id.in_(removed[start : start + _MOST_AT_ONCE]),
                )
            )
        record(
            Action.ROSTER_SAVED,
            f"contest {contest.slug}",
            actor=actor,
            now=now,
            contest_id=contest.id,
            added=len(plan.added),
            changed=len(plan.changed),
            removed=len(removed),
        )
    return plan


def unit_problems(contest: Contest, rows: tuple[RosterRow, ...]) -> tuple[ListProblem, ...]:
    """Units of the rows that the contest does not know, each once; only where its units are known already."""
    seen: dict[str, RosterRow] = {}
    for row in rows:
        if row.unit:
            seen.setdefault(row.unit, row)
    if contest.snapshot_at is None:
        return ()
    return tuple(
        ListProblem(
            row.line,
            None,
            f"Không thấy đơn vị “{unit}”, hoặc có nhiều đơn vị trùng tên đó.",
            "Ghi mã đơn vị, hoặc tên đầy đủ như trong cây đơn vị; để vậy thì người này tự chọn đơn vị.",
            Severity.WARNING,
        )
        for unit, row in seen.items()
        if find_listed_unit(contest, unit) is None
    )


def _values(row: RosterRow) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "birth_date": row.birth_date,
        "only_year": row.only_year,
        "unit": row.unit or None,
    }


def _columns(contest_id: int, row: RosterRow, keyring: Keyring) -> dict[str, object]:
    """What is stored of a row: its values, and by what they are found."""
    found_by = name_columns(keyring, contest_id, row.name) | {
        "code_key": code_hash(keyring, contest_id, row.code)
    }
    return _values(row) | found_by


def _held(row: RosterPerson) -> dict[str, object]:
    return {
        "code": row.code,
        "name": row.name,
        "birth_date": row.birth_date,
        "only_year": row.only_year,
        "unit": row.unit,
    }
