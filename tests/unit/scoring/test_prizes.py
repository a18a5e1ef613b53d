"""Prizes from a ranking: hand-checked tables."""

import pytest

from quiz.scoring.prizes import (
    Candidate,
    CategoryPrizes,
    Exclusive,
    PassedOver,
    PrizeRules,
    Quota,
    TieDecision,
    award,
    in_line,
)

FOUR = (Quota("Nhất", 1), Quota("Nhì", 2), Quota("Ba", 3), Quota("KK", 4))
SHORT = (Quota("Nhất", 1), Quota("Nhì", 1))


def people(*ranks: int, categories: str = "") -> list[Candidate]:
    """Candidates 1, 2, 3 … of these ranks; `categories` gives each a letter."""
    return [
        Candidate(key, rank, category=categories[key - 1] if categories else None)
        for key, rank in enumerate(ranks, start=1)
    ]


def given(rules: PrizeRules, line: list[Candidate], decisions=None) -> dict[int, str]:
    return {one.key: one.prize for one in award(rules, line, {"": len(line)}, decisions or {}).given}


# Ranks of the people in line, who gets which prize, which groups wait.
TABLE = (
    ((1, 2, 3, 4), {1: "Nhất", 2: "Nhì", 3: "Nhì", 4: "Ba"}, []),
    ((1, 2, 2, 4), {1: "Nhất", 2: "Nhì", 3: "Nhì", 4: "Ba"}, []),
    # Two first: who gets Nhất and who Nhì is open, and what comes after is not touched by it.
    ((1, 1, 3, 4), {3: "Nhì", 4: "Ba"}, [((1, 2), ("Nhất", "Nhì"))]),
    ((1, 2, 3, 3, 3, 6), {1: "Nhất", 2: "Nhì", 6: "Ba"}, [((3, 4, 5), ("Nhì", "Ba", "Ba"))]),
    # Eleven people equal for ten prizes.
    ((1,) * 11, {}, [(tuple(range(1, 12)), ("Nhất", *["Nhì"] * 2, *["Ba"] * 3, *["KK"] * 4))]),
    # The tie stands behind the last prize: nobody has to decide anything.
    (
        (*range(1, 11), 11, 11),
        dict(enumerate(["Nhất", *["Nhì"] * 2, *["Ba"] * 3, *["KK"] * 4], start=1)),
        [],
    ),
    ((), {}, []),
)


@pytest.mark.parametrize("ranks, expected, ties", TABLE)
def test_prizes_follow_the_ranks(ranks, expected, ties) -> None:
    line = people(*ranks)
    outcome = award(PrizeRules(FOUR), line, {"": len(line)}, {})
    assert {one.key: one.prize for one in outcome.given} == expected
    assert [(tie.keys, tie.prizes) for tie in outcome.ties] == ties


def test_the_organisers_decide_between_equals() -> None:
    line, group = people(1, 1, 3), frozenset({1, 2})
    assert given(PrizeRules(SHORT), line, {group: TieDecision(order=(2, 1))}) == {2: "Nhất", 1: "Nhì"}
    assert given(PrizeRules(SHORT), line, {group: TieDecision(all_alike=True)}) == {1: "Nhất", 2: "Nhất"}
    # A decision about other people decides nothing: somebody was taken out since.
    assert given(PrizeRules(SHORT), line, {frozenset({1, 3}): TieDecision(order=(1, 3))}) == {}
    # Three for two prizes: the third in the order gets none.
    three = people(1, 1, 1)
    decided = {frozenset({1, 2, 3}): TieDecision(order=(3, 1, 2))}
    outcome = award(PrizeRules(SHORT), three, {"": 3}, decided)
    assert {one.key: one.prize for one in outcome.given} == {3: "Nhất", 1: "Nhì"}
    assert outcome.passed == {2: PassedOver.QUOTA_FULL}


def test_before_anybody_decides_equal_people_are_treated_alike() -> None:
    outcome = award(PrizeRules(FOUR), people(1, 1, 3, 4), {}, None)
    # two share the first prize and take one of the second away
    assert {one.key: one.prize for one in outcome.given} == {1: "Nhất", 2: "Nhất", 3: "Nhì", 4: "Ba"}
    assert outcome.ties == []


def test_who_is_taken_out_makes_room() -> None:
    line = people(1, 2, 3)
    line[0] = Candidate(1, 1, is_out=True)
    outcome = award(PrizeRules(SHORT), line, {"": 3}, {})
    assert {one.key: one.prize for one in outcome.given} == {2: "Nhất", 3: "Nhì"}
    assert outcome.passed == {1: PassedOver.TAKEN_OUT}
    # Of two equal ones one is taken out: nothing is left to decide.
    line = [Candidate(1, 1, is_out=True), Candidate(2, 1), Candidate(3, 3)]
    assert given(PrizeRules(SHORT), line) == {2: "Nhất", 3: "Nhì"}


# held: place of the prize in another round; 0 Nhất, 1 Nhì, 2 Ba.
@pytest.mark.parametrize(
    "exclusive, held, expected",
    [
        (Exclusive.NO, 0, {1: "Nhất", 2: "Nhì", 3: "Nhì"}),
        (Exclusive.ONCE, 2, {2: "Nhất", 3: "Nhì"}),
        (Exclusive.HIGHEST, 2, {1: "Nhất", 2: "Nhì", 3: "Nhì"}),
        (Exclusive.HIGHEST, 1, {1: "Nhất", 2: "Nhì", 3: "Nhì"}),
        (Exclusive.HIGHEST, 0, {2: "Nhất", 3: "Nhì"}),
    ],
)
def test_one_prize_for_a_person(exclusive: Exclusive, held: int, expected: dict[int, str]) -> None:
    line = [Candidate(1, 1, held=held), Candidate(2, 2), Candidate(3, 3)]
    assert given(PrizeRules(FOUR, exclusive=exclusive), line) == expected


def test_only_who_has_all_right() -> None:
    line = [Candidate(1, 1), Candidate(2, 2, all_correct=False), Candidate(3, 3, all_correct=False)]
    assert given(PrizeRules(FOUR, all_correct=True), line) == {1: "Nhất"}


@pytest.mark.parametrize(
    "count, percent, winners", [(10, 50, 5), (11, 50, 5), (1, 50, 0), (3, 100, 3), (30, 50, 10)]
)
def test_at_most_a_share_of_the_people_wins(count: int, percent: int, winners: int) -> None:
    line = people(*range(1, count + 1))
    assert len(given(PrizeRules(FOUR, cap_percent=percent), line)) == winners


def test_quotas_per_category_in_one_ranking() -> None:
    """Đồng Nai: ten prizes, three for A, four for B, three for C; which prize is told by the place."""
    quotas = tuple(CategoryPrizes(code, most) for code, most in (("A", 3), ("B", 4), ("C", 3)))
    line = people(*range(1, 15), categories="AAAAAABBCBCBBC")
    outcome = award(PrizeRules(FOUR, quotas), line, {"": len(line)}, {})
    assert [(one.key, one.prize) for one in outcome.given] == [
        *((1, "Nhất"), (2, "Nhì"), (3, "Nhì"), (7, "Ba"), (8, "Ba"), (9, "Ba")),
        *((10, "KK"), (11, "KK"), (12, "KK"), (14, "KK")),
    ]
    assert set(outcome.passed) == {4, 5, 6, 13}


def test_a_quota_that_ends_between_equals_waits() -> None:
    rules = PrizeRules((Quota("Giải", 3),), (CategoryPrizes("A", 1),))
    line = people(1, 1, 3, 4, categories="AABB")
    outcome = award(rules, line, {"": 4}, {})
    assert [tie.keys for tie in outcome.ties] == [(1, 2)]
    assert [one.key for one in outcome.given] == [3, 4]  # one place is kept for the group


def test_a_category_with_prizes_of_its_own_has_its_own_list() -> None:
    rules = PrizeRules(SHORT, (CategoryPrizes("P", prizes=(Quota("Nhất học sinh", 1),)),), cap_percent=50)
    line = people(1, 2, 3, 4, 5, categories="PPXXX")
    outcome = award(rules, line, {"": 3, "P": 2}, {})
    assert [(one.list_code, one.key, one.prize) for one in in_line(outcome)] == [
        ("", 3, "Nhất"),
        ("P", 1, "Nhất học sinh"),
    ]


def test_people_are_asked_for_only_as_far_as_prizes_reach() -> None:
    def endless():
        key = 0
        while True:
            key += 1
            assert key < 20
            yield Candidate(key, key)

    assert len(award(PrizeRules(FOUR), endless(), {"": 10**6}, {}).given) == 10
