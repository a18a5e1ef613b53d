"""What may happen to a question, as tables."""

import pytest

from quiz.bank.states import QuestionState
from quiz.bank.workflow import NEEDS_WORDS, NOTES, Refusal, Step, is_done, next_state, offered, refusal

DRAFT, REVIEW, APPROVED, RETIRED = QuestionState
AUTHOR, OTHER = 1, 2


def asked(
    step: Step, state: QuestionState, *, actor_id: int | None = OTHER, own: bool = False
) -> Refusal | None:
    return refusal(step, state, author_id=AUTHOR, actor_id=actor_id, own_approval=own)


@pytest.mark.parametrize(
    "step,         draft,                   review,               approved,             retired",
    [
        (Step.SUBMIT,  None,                Refusal.NOT_A_DRAFT,   Refusal.NOT_A_DRAFT,   Refusal.IS_RETIRED),
        (Step.RETURN,  Refusal.NOT_IN_REVIEW, None,                Refusal.NOT_IN_REVIEW, Refusal.IS_RETIRED),
        (Step.APPROVE, Refusal.NOT_IN_REVIEW, None,                Refusal.NOT_IN_REVIEW, Refusal.IS_RETIRED),
        (Step.RETIRE,  None,                None,                  None,                  Refusal.IS_RETIRED),
        (Step.RESTORE, Refusal.NOT_RETIRED, Refusal.NOT_RETIRED,   Refusal.NOT_RETIRED,   None),
        (Step.COMMENT, None,                None,                  None,                  None),
    ],
)  # fmt: skip
def test_where_each_step_begins(
    step: Step,
    draft: Refusal | None,
    review: Refusal | None,
    approved: Refusal | None,
    retired: Refusal | None,
) -> None:
    expected = dict(zip(QuestionState, (draft, review, approved, retired), strict=True))
    assert {state: asked(step, state) for state in QuestionState} == expected


@pytest.mark.parametrize(
    "author, actor,  own,   why",
    [
        (AUTHOR, OTHER,  False, None),
        (AUTHOR, AUTHOR, False, Refusal.OWN_WORK),
        (AUTHOR, AUTHOR, True,  None),
        (AUTHOR, None,   False, None),   # a command of the operator
        (None,   OTHER,  False, None),   # what a command brought in is nobody's own work
        (None,   None,   False, None),
    ],
)  # fmt: skip
def test_own_work_is_for_somebody_else_to_approve(
    author: int | None, actor: int | None, own: bool, why: Refusal | None
) -> None:
    assert refusal(Step.APPROVE, REVIEW, author_id=author, actor_id=actor, own_approval=own) is why


def test_own_work_may_be_submitted_returned_and_retired() -> None:
    assert asked(Step.SUBMIT, DRAFT, actor_id=AUTHOR) is None
    assert asked(Step.RETURN, REVIEW, actor_id=AUTHOR) is None
    assert asked(Step.RETIRE, APPROVED, actor_id=AUTHOR) is None


@pytest.mark.parametrize(
    "step,         state,    is_approved, after",
    [
        (Step.SUBMIT,  DRAFT,    False,   REVIEW),
        (Step.RETURN,  REVIEW,   False,   DRAFT),
        (Step.APPROVE, REVIEW,   True,    APPROVED),
        (Step.RETIRE,  APPROVED, True,    RETIRED),
        (Step.RETIRE,  DRAFT,    False,   RETIRED),
        (Step.RESTORE, RETIRED,  True,    APPROVED),
        (Step.RESTORE, RETIRED,  False,   DRAFT),
        (Step.COMMENT, REVIEW,   False,   REVIEW),
    ],
)  # fmt: skip
def test_where_each_step_leads(
    step: Step, state: QuestionState, is_approved: bool, after: QuestionState
) -> None:
    assert next_state(step, state, is_approved=is_approved) is after


@pytest.mark.parametrize(
    "step, states",
    [
        (Step.SUBMIT, {REVIEW}),
        (Step.APPROVE, {APPROVED}),
        (Step.RETIRE, {RETIRED}),
        (Step.RESTORE, {DRAFT, REVIEW, APPROVED}),
        (Step.RETURN, set()),  # its words would be lost
        (Step.COMMENT, set()),
    ],
)
def test_a_second_click_changes_nothing(step: Step, states: set[QuestionState]) -> None:
    assert {state for state in QuestionState if is_done(step, state)} == states


def test_buttons_of_a_page() -> None:
    mine = {"author_id": AUTHOR, "actor_id": AUTHOR, "own_approval": False}
    assert offered(REVIEW, **mine) == (Step.RETURN, Step.RETIRE, Step.COMMENT)  # type: ignore[arg-type]
    assert offered(DRAFT, **mine) == (Step.SUBMIT, Step.RETIRE, Step.COMMENT)  # type: ignore[arg-type]
    assert offered(RETIRED, **mine) == (Step.RESTORE, Step.COMMENT)  # type: ignore[arg-type]


def test_every_step_is_told_and_two_need_words() -> None:
    assert set(NOTES) == set(Step)
    assert {Step.RETURN, Step.COMMENT} == NEEDS_WORDS
