"""Reading banks. Nothing here writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select

from question_bank.draw import PoolItem, stays_last
from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.core.caches import new_cache
from quiz.core.database import db
from quiz.core.errors import NotFound

_MOST_REVISIONS = 50_000
_MOST_POOLS = 100


class PaperSource(Protocol):
    """What a paper rule says about where its questions come from."""

    @property
    def bank(self) -> str:
        """The bank's slug."""

    @property
    def fixed(self) -> tuple[str, ...]:
        """Numbers of fixed questions; empty where papers are drawn."""


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A revision as papers, marking and reviews read it; `correct` and `pinned` hold 0-based choices."""

    id: int
    question_id: int
    kind: str
    text: str
    choices: tuple[str, ...]
    correct: tuple[int, ...]
    pinned: tuple[int, ...]
    topic: str | None
    level: str | None
    source: str | None
    explanation: str | None


# Revisions never change, so a process may keep them; replaced as a whole when it grows too large.
_revisions: dict[int, RevisionView] = new_cache()
_pools: dict[tuple[int, int, tuple[str, ...]], tuple[PoolItem, ...]] = new_cache()


def find_bank(slug: str) -> Bank | None:
    """The bank, or None."""
    return db.session.scalar(select(Bank).where(Bank.slug == slug))


def get_bank(slug: str) -> Bank:
    """The bank. Raises NotFound."""
    bank = find_bank(slug)
    if bank is None:
        raise NotFound("bank")
    return bank


def revisions(ids: Iterable[int]) -> Mapping[int, RevisionView]:
    """The revisions by id; one statement for those that this process has not seen. Raises NotFound."""
    wanted = set(ids)
    missing = [revision_id for revision_id in wanted if revision_id not in _revisions]
    if missing:
        if len(_revisions) > _MOST_REVISIONS:
            _revisions.clear()
            missing = list(wanted)
        rows = db.session.scalars(select(QuestionRevision).where(QuestionRevision.id.in_(missing)))
        _revisions.update({row.id: view_of(row) for row in rows})
    try:
        return {revision_id: _revisions[revision_id] for revision_id in wanted}
    except KeyError as error:
        raise NotFound("revision") from error


def view_of(row: QuestionRevision) -> RevisionView:
    """The row as a value; "all of the above" and its like keep their place even where nobody pinned them."""
    texts = tuple(choice["text"] for choice in row.choices)
    pinned = tuple(
        place
        for place, choice in enumerate(row.choices)
        if choice.get("pinned") or stays_last(choice["text"])
    )
    return RevisionView(
        id=row.id,
        question_id=row.question_id,
        kind=row.kind,
        text=row.text,
        choices=texts,
        correct=tuple(row.correct),
        pinned=pinned,
        topic=row.topic,
        level=row.level,
        source=row.source,
        explanation=row.explanation,
    )


def pool_for(paper: PaperSource) -> Sequence[PoolItem]:
    """The approved questions that a paper may be drawn from, or exactly those of its fixed list.

    An item's id is the id of the question's current revision, which the paper pins. Kept per process by the
    bank's version. Raises NotFound.
    """
    bank = get_bank(paper.bank)
    key = (bank.id, bank.version, paper.fixed)
    kept = _pools.get(key)
    if kept is None:
        if len(_pools) >= _MOST_POOLS:
            _pools.clear()
        kept = _pools[key] = _pool(bank.id, paper.fixed)
    return kept


def _pool(bank_id: int, fixed: tuple[str, ...]) -> tuple[PoolItem, ...]:
    wanted = (
        select(BankQuestion, QuestionRevision)
        .join(QuestionRevision, QuestionRevision.id == BankQuestion.current_revision_id)
        .where(BankQuestion.bank_id == bank_id, BankQuestion.state == "approved")
        .order_by(BankQuestion.number)
    )
    if fixed:
        wanted = wanted.where(BankQuestion.number.in_([int(number) for number in fixed if number.isdigit()]))
    rows = db.session.execute(wanted).all()
    groups: dict[str, int] = {}
    for question, _revision in rows:
        groups.setdefault(question.wording_key, len(groups) + 1)
    items = []
    for question, revision in rows:
        view = _revisions[revision.id] = view_of(revision)
        items.append(
            PoolItem(
                id=revision.id,
                topic=view.topic,
                level=view.level,
                choices=len(view.choices),
                pinned=view.pinned,
                group=groups[question.wording_key],
            )
        )
    return tuple(items)
