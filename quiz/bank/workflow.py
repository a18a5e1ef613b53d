"""What may happen to a question's newest wording, and who may do it. Pure.

    draft → in review → approved → retired

Sending back leads to draft again; restoring leads to where the wording was. An approved wording goes on being
drawn while a newer one is a draft or in review: that is kept beside the state, not in it.
"""

from enum import StrEnum

from quiz.bank.states import Note, QuestionState


class Step(StrEnum):
    """What people do with a question, besides writing it."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    RETIRE = "retire"
    RESTORE = "restore"
    COMMENT = "comment"


class Refusal(StrEnum):
    """Why a step is refused."""

    NOT_A_DRAFT = "question_not_a_draft"
    NOT_IN_REVIEW = "question_not_in_review"
    NOT_RETIRED = "question_not_retired"
    IS_RETIRED = "question_is_retired"
    OWN_WORK = "question_own_work"


_S = QuestionState
_FROM: dict[Step, tuple[frozenset[QuestionState], Refusal]] = {
    Step.SUBMIT: (frozenset({_S.DRAFT}), Refusal.NOT_A_DRAFT),
    Step.RETURN: (frozenset({_S.IN_REVIEW}), Refusal.NOT_IN_REVIEW),
    Step.APPROVE: (frozenset({_S.IN_REVIEW}), Refusal.NOT_IN_REVIEW),
    Step.RETIRE: (frozenset({_S.DRAFT, _S.IN_REVIEW, _S.APPROVED}), Refusal.IS_RETIRED),
    Step.RESTORE: (frozenset({_S.RETIRED}), Refusal.NOT_RETIRED),
    Step.COMMENT: (frozenset(_S), Refusal.NOT_IN_REVIEW),
}
_TO = {
    Step.SUBMIT: _S.IN_REVIEW,
    Step.RETURN: _S.DRAFT,
    Step.APPROVE: _S.APPROVED,
    Step.RETIRE: _S.RETIRED,
}
NOTES = {
    Step.SUBMIT: Note.SUBMITTED,
    Step.RETURN: Note.RETURNED,
    Step.APPROVE: Note.APPROVED,
    Step.RETIRE: Note.RETIRED,
    Step.RESTORE: Note.RESTORED,
    Step.COMMENT: Note.COMMENT,
}
NEEDS_WORDS = frozenset({Step.RETURN, Step.COMMENT})


def refusal(
    step: Step, state: QuestionState, *, author_id: int | None, actor_id: int | None, own_approval: bool
) -> Refusal | None:
    """Why this person may not take the step, or None if they may.

    `author_id` wrote the newest wording; None is nobody, as for what a command of the operator brought in.
    """
    allowed, why = _FROM[step]
    if state not in allowed:
        return Refusal.IS_RETIRED if state is QuestionState.RETIRED else why
    if step is Step.APPROVE:
        return own_work_refusal(author_id, actor_id, own_approval=own_approval)
    return None


def own_work_refusal(author_id: int | None, actor_id: int | None, *, own_approval: bool) -> Refusal | None:
    """Why somebody may not approve what this author wrote, or None if they may."""
    is_own = author_id is not None and author_id == actor_id
    return Refusal.OWN_WORK if is_own and not own_approval else None


def next_state(step: Step, state: QuestionState, *, is_approved: bool) -> QuestionState:
    """The state after an allowed step. `is_approved`: the newest wording is the approved one."""
    if step is Step.RESTORE:
        return QuestionState.APPROVED if is_approved else QuestionState.DRAFT
    return _TO.get(step, state)


def is_done(step: Step, state: QuestionState) -> bool:
    """Whether the question is already where a step without words leads: a second click changes nothing.

    A question that is not retired counts as restored.
    """
    if step is Step.RESTORE:
        return state is not QuestionState.RETIRED
    return step not in NEEDS_WORDS and _TO[step] is state


def offered(
    state: QuestionState, *, author_id: int | None, actor_id: int | None, own_approval: bool
) -> tuple[Step, ...]:
    """The steps that the person may take now, for the buttons of a page; rights are asked apart."""
    return tuple(
        step
        for step in Step
        if refusal(step, state, author_id=author_id, actor_id=actor_id, own_approval=own_approval) is None
    )
