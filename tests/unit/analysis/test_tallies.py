"""Tallies survive being stored, and add up over rounds and wordings."""

from collections import Counter

import pytest

from question_bank.statistics import Asked, Collector, Response, statistics_of
from quiz.analysis.tallies import Part, loaded_tally, places_of, stored_tally, summed

ASKED = Asked(choices=3, correct=(0,))


def tally_of(*picks, others=(1, 0, 1)):
    """Question 1 answered by some; their marks on a second question repeat `others`."""
    collector = Collector()
    for number, pick in enumerate(picks):
        mark = float(others[number % len(others)])
        collector.add([Response(1, float(pick == 0), () if pick is None else (pick,)), Response(2, mark)])
    return collector.tallies[1]


def test_what_is_stored_comes_back():
    tally = tally_of(0, 1, None, 0, 2)
    again = loaded_tally(stored_tally(tally))
    assert (again.pairs, again.picks, again.unanswered) == (tally.pairs, tally.picks, tally.unanswered)
    assert statistics_of(again, ASKED) == statistics_of(tally, ASKED)


def test_two_halves_are_the_whole():
    picks = (0, 1, 0, 2, 0, 0, 1, None, 0, 0)
    whole = tally_of(*picks, others=(1, 0))
    halves = [Part(tally_of(*part, others=(1, 0)), 2, {0: 0, 1: 1, 2: 2}) for part in (picks[:4], picks[4:])]
    both = summed(halves)
    assert both.pairs == whole.pairs
    assert statistics_of(both, ASKED) == statistics_of(whole, ASKED)


def test_rounds_of_different_length_are_made_comparable():
    long = Counter({(1.0, 19.0): 3, (0.0, 0.0): 2})
    tally = tally_of(0)
    tally.pairs, tally.picks = long, {0: Counter({19.0: 3})}
    found = summed([Part(tally, 20, {0: 0})])
    assert found.pairs == {(1.0, 1.0): 3, (0.0, 0.0): 2}
    assert found.picks == {0: {1.0: 3}}


def test_choices_that_changed_their_places():
    places = places_of(["Sơn La", "Lai Châu", "Điện Biên"], ["Lai Châu", "Điện Biên", "Sơn La"])
    assert places == {0: 2, 1: 0, 2: 1}
    found = summed([Part(tally_of(0, 0, 1), 2, places)])
    assert {choice: sum(picks.values()) for choice, picks in found.picks.items()} == {2: 2, 0: 1}


@pytest.mark.parametrize(
    "choices, wanted", [(["a", "b"], ["a", "c"]), (["a", "b"], ["a", "b", "c"]), (["a", "a"], ["a", "a"])]
)
def test_other_choices_cannot_be_added(choices, wanted):
    assert places_of(choices, wanted) is None
