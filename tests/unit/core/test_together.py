"""Many wishes, one act: everybody gets their own result, and a failure reaches who acted."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from quiz.core.together import Together


class Counting:
    """Doubles numbers; the first act goes on until `others` more wishes wait."""

    def __init__(self, others: int) -> None:
        self.acts: list[int] = []
        self.others = others
        self.together: Together[int, int] = Together(self.act)

    def act(self, wishes: Sequence[int]) -> list[int]:
        self.acts.append(len(wishes))
        while len(self.acts) == 1 and len(self.together._places) < self.others:
            threading.Event().wait(0.001)
        return [2 * wish for wish in wishes]


def test_who_comes_alone_acts_alone() -> None:
    counting = Counting(others=0)
    assert [counting.together.ask(number) for number in (3, 5)] == [6, 10]
    assert counting.acts == [1, 1]


def test_who_waits_is_served_by_one_act_for_all() -> None:
    counting = Counting(others=15)
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(counting.together.ask, range(16))) == [2 * number for number in range(16)]
    assert counting.acts == [1, 15]


def test_an_error_is_raised_once_and_the_others_go_on_without_a_result() -> None:
    together: Together[int, int] = Together(lambda wishes: fail(wishes))
    waiting = threading.Barrier(4)

    def fail(wishes: Sequence[int]) -> list[int]:
        raise ValueError(len(wishes))

    def ask(number: int) -> int | str | None:
        waiting.wait(10)
        try:
            return together.ask(number)
        except ValueError:
            return "raised"

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(4)))
    assert "raised" in found
    assert set(found) <= {"raised", None}
    with pytest.raises(ValueError, match="1"):
        together.ask(1)  # and the next one asks anew
