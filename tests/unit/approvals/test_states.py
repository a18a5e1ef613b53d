"""Who may end a request how, as a table; what a request stands on."""

import pytest

from quiz.approvals.states import State, basis_of, refusal

ASKED, OTHER = 7, 8


@pytest.mark.parametrize(
    "state,wanted,acting,why",
    [
        ("waiting", "approved", OTHER, None),
        ("waiting", "approved", ASKED, "approval_of_own"),
        ("waiting", "approved", None, "approval_of_own"),
        ("waiting", "declined", OTHER, None),
        ("waiting", "declined", ASKED, None),
        ("waiting", "withdrawn", ASKED, None),
        ("waiting", "withdrawn", OTHER, "approval_of_another"),
        ("approved", "approved", OTHER, "approval_over"),
        ("approved", "withdrawn", ASKED, "approval_over"),
        ("declined", "approved", OTHER, "approval_over"),
        ("withdrawn", "approved", OTHER, "approval_over"),
        ("lapsed", "approved", OTHER, "approval_over"),
    ],
)
def test_who_ends_a_request(state: str, wanted: str, acting: int | None, why: str | None) -> None:
    assert refusal(State(state), State(wanted), asked_by=ASKED, acting=acting) == why


def test_the_same_facts_are_the_same_basis() -> None:
    assert basis_of("a", {"x": 1, "y": None}) == basis_of("a", {"y": None, "x": 1})
    assert len({basis_of("a", "b"), basis_of("ab"), basis_of("b", "a"), basis_of("a", None)}) == 4
