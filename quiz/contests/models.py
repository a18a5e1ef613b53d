"""Contests and what belongs to them. Keys of everything inside a contest begin with the contest's id."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from quiz.contests.definition import (
    CollectiveDefinition,
    ContestSettings,
    EntryPolicy,
    ListDefinition,
    ResultDecision,
    RoundDefinition,
)
from quiz.contests.phases import RoundState, RoundWindow
from quiz.core.caches import new_cache
from quiz.core.database import Model, bigint, kept_structure, line, moment, short, text
from quiz.scoring.marking import Correction

T = TypeVar("T")


def load_corrections(data: Mapping[str, Mapping[str, Any]] | None) -> dict[int, Correction]:
    """Corrections as the round's row keeps them: by revision, {"accepted": [[0], [2]]} or {"void": true}."""
    return {
        int(revision): Correction(
            tuple(frozenset(choices) for choices in one.get("accepted", ())), bool(one.get("void"))
        )
        for revision, one in (data or {}).items()
    }


def stored_correction(correction: Correction) -> dict[str, Any]:
    """What `load_corrections` reads of one revision."""
    if correction.is_void:
        return {"void": True}
    return {"accepted": [sorted(choices) for choices in correction.accepted]}


_MOST_KEPT = 500
_kept = new_cache()


class _Values:
    """Structured columns as values: made once for the same text, whichever request reads it."""

    def _value(self, column: str, make: Callable[[Any], T]) -> T:
        data = getattr(self, column)
        # As long as it is kept no other object has its id.
        name = (type(self), column, id(data))
        kept = _kept.get(name)
        if kept is None:
            if len(_kept) >= _MOST_KEPT:
                _kept.clear()
            kept = _kept[name] = (data, make(data))
        value: T = kept[1]
        return value


class Contest(_Values, Model):
    """A contest. What the organiser sets stands in `settings`, `entry` and `collective` as data.

    `units_at`: when something about its units was changed after the snapshot.
    """

    __tablename__ = "contests"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[short]
    title: Mapped[line]
    tree_id: Mapped[int | None] = mapped_column(ForeignKey("unit_trees.id"))
    settings_data: Mapped[kept_structure] = mapped_column("settings")
    entry_data: Mapped[kept_structure] = mapped_column("entry")
    collective_data: Mapped[kept_structure] = mapped_column("collective")
    version: Mapped[int] = mapped_column(default=1)
    snapshot_at: Mapped[moment | None]
    units_at: Mapped[moment | None]
    created_at: Mapped[moment]
    updated_at: Mapped[moment]

    @property
    def settings(self) -> ContestSettings:
        """Title, decision, organiser, contacts, texts, time zone."""
        return self._value("settings_data", ContestSettings.from_dict)

    @property
    def entry(self) -> EntryPolicy:
        """Who may enter, with which fields, and what makes a person one person."""
        return self._value("entry_data", EntryPolicy.from_dict)

    @property
    def collective(self) -> tuple[CollectiveDefinition, ...]:
        """The collective rankings."""
        return self._value(
            "collective_data", lambda data: tuple(CollectiveDefinition.from_dict(rule) for rule in data)
        )

    def __repr__(self) -> str:
        return f"<Contest {self.slug}>"


class Round(_Values, Model):
    """One round. `state` is what the organiser decided; its phase follows from state, window and clock.

    `list_numbers` says in which combined lists it counts; None: in none, and handing in asks no further.
    """

    __tablename__ = "rounds"
    __table_args__ = (
        CheckConstraint("closes_at > opens_at", name="closes_after_it_opens"),
        CheckConstraint(
            "state IN ('draft', 'ready', 'paused', 'closed', 'frozen', 'published')", name="known_state"
        ),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[short] = mapped_column(default=RoundState.DRAFT.value)
    opens_at: Mapped[moment]
    closes_at: Mapped[moment]
    settings_data: Mapped[kept_structure] = mapped_column("settings")
    state_since: Mapped[moment]
    actual_number: Mapped[short | None]
    actual_at: Mapped[moment | None]
    corrections_data: Mapped[kept_structure | None] = mapped_column("corrections")
    list_numbers: Mapped[kept_structure | None]
    decision_data: Mapped[kept_structure | None] = mapped_column("decision")

    @property
    def corrections(self) -> dict[int, Correction]:
        """Keys that were corrected after attempts existed, by revision."""
        return self._value("corrections_data", load_corrections)

    @property
    def decision(self) -> ResultDecision | None:
        """The document by which the published results are recognised; None where there is none."""
        return self._value("decision_data", lambda data: ResultDecision.from_dict(data) if data else None)

    @property
    def settings(self) -> RoundDefinition:
        """Minutes, attempts, paper, prediction, ranking, publication."""
        return self._value("settings_data", RoundDefinition.from_dict)

    @settings.setter
    def settings(self, definition: RoundDefinition) -> None:
        self.settings_data = definition.as_dict()

    @property
    def window(self) -> RoundWindow:
        """Times and state as a value; ask it for the phase."""
        return RoundWindow(self.opens_at, self.closes_at, RoundState(self.state), self.settings.windows)

    def held_since(self, now: datetime) -> datetime | None:
        """Since when its boards stand still, None while they do not."""
        return self.window.held_since(self.settings.publish.freeze_minutes, now)

    @property
    def counts(self) -> bool:
        """Whether its attempts make results: in a practice round they do not."""
        return not self.settings.practice

    def __repr__(self) -> str:
        return f"<Round {self.contest_id}/{self.number} {self.state}>"


class StandingList(_Values, Model):
    """A combined list over several rounds. `ranked_at`: when the last of them was frozen."""

    __tablename__ = "standing_lists"

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    settings_data: Mapped[kept_structure] = mapped_column("settings")
    ranked_at: Mapped[moment | None]

    @property
    def settings(self) -> ListDefinition:
        """Rounds, what is taken of them, ranking, publication."""
        return self._value("settings_data", ListDefinition.from_dict)

    def __repr__(self) -> str:
        return f"<StandingList {self.contest_id}/{self.number}>"


class Notice(Model):
    """Words of the organisers on all pages of the contest, for a time or until they are ended."""

    __tablename__ = "contest_notices"
    __table_args__ = (
        CheckConstraint("level IN ('info', 'warning')", name="known_level"),
        CheckConstraint("until_at > from_at", name="ends_after_it_begins"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    words: Mapped[text]
    level: Mapped[short]
    from_at: Mapped[moment]
    until_at: Mapped[moment | None]
    posted_by: Mapped[line]
    posted_at: Mapped[moment]
    ended_at: Mapped[moment | None]

    def __repr__(self) -> str:
        return f"<Notice {self.contest_id}/{self.id} {self.level}>"


class ContestUnit(Model):
    """A unit as this contest took it over. `path` lists the codes from the root, each between slashes.

    `headcount_on` is the day of the headcount; None: as it stood in the tree.
    """

    __tablename__ = "contest_units"
    __table_args__ = (
        UniqueConstraint("contest_id", "code"),
        ForeignKeyConstraint(["contest_id", "parent_id"], ["contest_units.contest_id", "contest_units.id"]),
        Index("ix_contest_units_contest_id_position", "contest_id", "position"),
    )

    contest_id: Mapped[int] = mapped_column(ForeignKey("contests.id"), primary_key=True)
    id: Mapped[bigint] = mapped_column(primary_key=True, autoincrement=False)
    parent_id: Mapped[bigint | None]
    code: Mapped[short]
    name: Mapped[line]
    short_name: Mapped[line | None]
    old_names: Mapped[text | None]
    kind: Mapped[short]
    division: Mapped[line | None]
    headcount: Mapped[int | None]
    headcount_on: Mapped[date | None] = mapped_column(Date)
    position: Mapped[int]
    depth: Mapped[int]
    path: Mapped[text]
    search_key: Mapped[text]
    is_leaf: Mapped[bool]

    def __repr__(self) -> str:
        return f"<ContestUnit {self.contest_id}/{self.code}>"
