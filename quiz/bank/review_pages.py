"""What the pages of the review queue show."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from question_bank.duplicates import find_duplicates
from question_bank.values import Question
from quiz.bank import browsing, queries, reviewing
from quiz.bank.changes import Change, changes
from quiz.bank.differences import Piece, differences
from quiz.bank.reviewing import Place, Queue, QueueChoices, Waiting
from quiz.bank.states import QuestionState
from quiz.bank.values import NoteLine, RevisionView, Usage
from quiz.documents.queries import find_passage
from quiz.documents.values import PassageView


@dataclass(frozen=True, slots=True)
class Relative:
    """A near-duplicate of the bank beside the question: where the words differ, and whether the key does."""

    number: int
    state: QuestionState
    question: Question
    likeness: float | None
    same_key: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """One waiting question with all that its reviewer needs.

    `approved` is the number of the wording in use, None for a new question; `passage` is the cited one.
    """

    waiting: Waiting
    value: Question
    view: RevisionView
    place: Place
    approved: int | None
    changes: tuple[Change, ...]
    notes: list[NoteLine]
    relatives: tuple[Relative, ...]
    usage: Usage
    is_own: bool
    passage: PassageView | None


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """What the queue is narrowed to, and to what it can be."""

    queue: Queue
    choices: QueueChoices
    own: int
    url: Callable[..., str]


def review_page(waiting: Waiting, queue: Queue, reviewer_id: int) -> ReviewPage:
    """Everything about one waiting question."""
    question, revision = waiting.question, waiting.revision
    value = queries.as_question(question, revision)
    old = None
    if question.approved_revision_id is not None:
        old = browsing.get_revision(question.approved_revision_id)
    return ReviewPage(
        waiting=waiting,
        value=value,
        view=queries.view(revision),
        place=reviewing.place_of(queue, revision.id),
        approved=old.number if old else None,
        changes=changes(queries.as_question(question, old), value) if old else (),
        notes=queries.list_notes(question.id),
        relatives=_relatives(waiting, value),
        usage=queries.usage_of([question.id]).get(question.id, Usage()),
        is_own=revision.created_by == reviewer_id,
        passage=find_passage(revision.passage) if revision.passage else None,
    )


def _relatives(waiting: Waiting, value: Question) -> tuple[Relative, ...]:
    """The family, the most alike first; two of a family may be relatives of a third only."""
    named = replace(value, number="")
    family = reviewing.list_family(waiting.question)
    found = {pair.a: pair for pair in find_duplicates([named], [one.question for one in family])}
    relatives = []
    for one in family:
        pair = found.get(one.question.number)
        _own, pieces = differences(value.text, one.question.text)
        relatives.append(
            Relative(
                number=one.number,
                state=one.state,
                question=one.question,
                likeness=pair.likeness if pair else None,
                same_key=pair.same_key if pair else True,
                pieces=pieces,
            )
        )
    return tuple(sorted(relatives, key=lambda one: -(one.likeness or 0)))
