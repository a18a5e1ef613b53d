"""Which papers are listed: circles, corrections, cases. Planted cheats stand out, honest people do not."""

import math
from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.vetting.integrity import Finding, Signal, Sitting, look
from quiz.vetting.integrity_cases import cases
from quiz.vetting.integrity_pairs import Circle, Placed, circles, holm, joined, pairs_to_compare
from quiz.vetting.integrity_storing import (
    loaded_figures,
    loaded_findings,
    stored_figures,
    stored_findings,
)
from quiz.vetting.similarity_model import Given


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def honest(count: int, questions: int = 40, seed: int = 1) -> tuple[list[Sitting], list[Placed]]:
    """People of three units who answer alone, each in their own time."""
    source, sittings, placed = Random(seed), [], []
    for person in range(1, count + 1):
        able, answers = source.gauss(0, 1), {}
        for question in range(questions):
            is_right = source.random() < 1 / (1 + math.exp(question % 7 / 3 - 1 - able))
            answers[question] = Given("a" if is_right else source.choice("bbcd"), is_right)
        started = source.randrange(0, 6 * 86_400_000)
        took = round(source.lognormvariate(13, 0.4))
        right = sum(one.is_right for one in answers.values())
        times = {"started_ms": started, "submitted_ms": started + took, "duration_ms": took}
        sittings.append(Sitting(person, person * 10, True, answers, questions, right, by_hand=True, **times))
        placed.append(Placed(person, unit=person % 3))
    return sittings, placed


def test_pairs_come_from_circles_and_each_once() -> None:
    people = [
        Placed(1, device="d", network="n", unit=1),
        Placed(2, device="d", network="n", unit=1),
        Placed(3, network="n", unit=2),
        Placed(4, unit=2),
        Placed(5),
    ]
    found = pairs_to_compare(people)
    assert list(found) == [
        (1, 2, Circle.DEVICE),
        (1, 3, Circle.NETWORK),
        (2, 3, Circle.NETWORK),
        (3, 4, Circle.UNIT),
    ]
    assert (found.left_out, found.people) == ({}, {1, 2, 3, 4})


def test_large_circles_are_left_out_and_said() -> None:
    people = [Placed(n, device=n // 2, unit=1) for n in range(10)]
    found = pairs_to_compare(people, largest=9)
    assert {circle for _one, _other, circle in found} == {Circle.DEVICE}
    assert found.left_out == {Circle.UNIT: 1}
    assert pairs_to_compare(people, most=3).left_out == {Circle.DEVICE: 2, Circle.UNIT: 1}


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)), max_size=12),
    st.integers(2, 12),
)
def test_every_pair_of_a_circle_comes_exactly_once(keys: list[tuple[int, int, int]], largest: int) -> None:
    people = [Placed(n, *(key or None for key in row)) for n, row in enumerate(keys)]
    found = pairs_to_compare(people, largest=largest)
    seen = [(one, other) for one, other, _circle in found]
    wanted = {
        pair
        for kind in Circle
        for members in circles(people, kind).values()
        if len(members) <= largest
        for pair in combinations(members, 2)
    }
    assert len(seen) == len(set(seen))
    assert set(seen) == wanted
    assert len(seen) <= found.most


def test_holm_by_hand() -> None:
    assert holm([0.01, 0.02, 0.03], 3) == pytest.approx([0.03, 0.04, 0.04])
    assert holm([0.001], 1_000) == [1.0]
    assert holm([], 5) == []


def test_groups_that_pairs_connect() -> None:
    assert list(joined([(1, 2), (5, 6), (2, 3)])) == [(1, 2, 3), (5, 6)]


def test_honest_people_are_hardly_ever_listed() -> None:
    """At most one accident per list is expected; over ten rounds of 6,500 pairs that is ten of each kind."""
    listed = 0
    for seed in range(3):
        found = look(*honest(150, seed=seed), step=quiet)
        assert found.pairs[Circle.UNIT] == 3 * (50 * 49 // 2)
        assert found.looked[Signal.SIMILAR].accidents == pytest.approx(1.0)
        listed += sum(one.signal is Signal.SIMILAR for one in found.findings)
    assert listed <= 9


def test_a_copied_paper_is_found_first() -> None:
    sittings, placed = honest(150)
    by_ability = sorted(sittings, key=lambda one: one.right)
    source = by_ability[60]
    copier = next(one for one in by_ability if one is not source and one.person % 3 == source.person % 3)
    sittings[sittings.index(copier)] = replace(copier, answers=source.answers, right=source.right)
    found = look(sittings, placed, step=quiet)
    first = next(one for one in found.findings if one.signal is Signal.SIMILAR)
    assert set(first.people) == {source.person, copier.person}
    assert first.corrected is not None
    assert first.corrected < 0.05
    assert first.evidence["same"] == first.evidence["shared"] == 40


def test_a_planted_clique_is_one_case() -> None:
    """A16: six people of a unit answer from one sheet, each with some answers of their own."""
    sittings, placed = honest(150)
    source = Random(8)
    members = [one for one in sittings if one.person % 3 == 0][:6]
    sheet = sorted(sittings, key=lambda one: one.right)[40].answers
    for one in members:
        own = set(source.sample(range(40), 6))
        answers = {question: (one.answers if question in own else sheet)[question] for question in range(40)}
        right = sum(given.is_right for given in answers.values())
        sittings[sittings.index(one)] = replace(one, answers=answers, right=right)
    found = look(sittings, placed, step=quiet)
    case = cases(found.findings, {})[0]
    assert case.is_rare
    assert {one.person for one in members} <= set(case.people)
    assert len(case.people) <= 7


def test_people_in_different_circles_are_not_compared() -> None:
    sittings, placed = honest(60)
    sittings[1] = replace(sittings[1], answers=sittings[0].answers)
    apart = [replace(one, unit=None) for one in placed]
    found = look(sittings, apart, step=quiet)
    assert found.findings == ()
    assert found.looked[Signal.SIMILAR].comparisons == 0


def test_many_people_on_one_device_and_fast_papers_are_rules() -> None:
    sittings, placed = honest(40)
    placed[:4] = [replace(one, device="d") for one in placed[:4]]
    sittings[0] = replace(sittings[0], duration_ms=60_000, right=40)
    found = look(sittings, placed, step=quiet)
    rules = {one.signal: one for one in found.findings if one.p is None}
    assert rules.keys() == {Signal.FAST, Signal.DEVICE}
    assert rules[Signal.FAST].people == (1,)
    assert rules[Signal.DEVICE].people == (1, 2, 3, 4)
    made = cases(found.findings, {one.person: one.device for one in placed if one.device is not None})
    assert [(one.people, one.kinds) for one in made if Signal.FAST in {f.signal for f in one.findings}] == [
        ((1,), 2)
    ]


SIMILAR = Finding(Signal.SIMILAR, (1, 2), (10, 20), 1e-9, 1e-5)
FAST = Finding(Signal.FAST, (7,), (70,))
WEAK = Finding(Signal.RHYTHM, (8, 9), (80, 90), 1e-4, 0.6)


def test_cases_with_two_kinds_come_first() -> None:
    made = cases([WEAK, FAST, SIMILAR], {1: "d", 2: "d"})
    assert [(one.people, one.kinds) for one in made] == [((1, 2), 2), ((8, 9), 1), ((7,), 1)]
    assert [one.is_rare for one in made] == [True, False, False]
    assert made[2].p is None


def test_pairs_that_share_a_person_are_one_case() -> None:
    more = Finding(Signal.RHYTHM, (2, 3), (20, 30), 1e-6, 1e-3)
    (made,) = cases([SIMILAR, more], {})
    assert (made.people, made.attempts, made.kinds) == ((1, 2, 3), (10, 20, 30), 2)


def test_a_case_keeps_its_key_while_its_people_and_papers_do() -> None:
    one, again = cases([SIMILAR, WEAK], {}), cases([WEAK, SIMILAR, FAST], {})
    assert {case.key for case in one} < {case.key for case in again}


def test_findings_survive_storing() -> None:
    assert loaded_findings(stored_findings([SIMILAR, FAST])) == (SIMILAR, FAST)
    found = look(*honest(40), step=quiet)
    figures = loaded_figures(stored_figures(found))
    assert (figures.looked, figures.pairs, figures.left_out) == (found.looked, found.pairs, found.left_out)
