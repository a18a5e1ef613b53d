"""Orders of ranking as real contests have them, checked by hand."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.scoring.ranking import (
    AttemptFacts,
    Contender,
    Counts,
    Criterion,
    Facts,
    Place,
    competition_ranks,
    counted,
    places,
    qualifies,
    rank_key,
    times_at_best,
)

SECOND = 1000
DAY = 1_794_800_000_000

# fmt: off
# Ten people with the same score: off in the prediction, seconds, submitted, attempts, registered, first
# start, times at best.
PEOPLE = {
    "A": (0, 90, 7, 1, 10, 7, 1),
    "B": (0, 90, 3, 2, 9, 3, 2),
    "C": (0, 80, 9, 3, 8, 9, 1),
    "D": (5, 80, 1, 3, 7, 1, 3),
    "E": (5, 80, 2, 1, 6, 2, 1),
    "F": (5, 70, 8, 2, 5, 8, 2),
    "G": (10, 60, 6, 2, 4, 5, 1),
    "H": (10, 60, 4, 2, 3, 5, 2),
    "I": (20, 60, 5, 1, 2, 5, 2),
    "J": (20, 60, 10, 1, 1, 10, 1),
}
# fmt: on


def facts(row: tuple[int, int, int, int, int, int, int], correct: int = 10) -> Facts:
    off, seconds, submitted, attempts, registered, first_start, best = row
    return Facts(
        correct_count=correct,
        total=10,
        all_correct=correct == 10,
        prediction_error=Decimal(off),
        duration_ms=seconds * SECOND,
        submitted_ms=DAY + submitted,
        attempts=attempts,
        registered_ms=DAY + registered,
        first_start_ms=DAY + first_start,
        times_at_best=best,
    )


def board(criteria: str, people: dict[str, Facts]) -> str:
    order = [Criterion(word) for word in criteria.split()]
    keys = sorted((rank_key(order, person), name) for name, person in people.items())
    ranks = competition_ranks([key for key, _ in keys])
    return " ".join(f"{rank}{name}" for rank, (_, name) in zip(ranks, keys, strict=True))


TEN = {name: facts(row) for name, row in PEOPLE.items()}


@pytest.mark.parametrize(
    "criteria,expected",
    [
        # T1: all correct, prediction, time of submitting
        ("all_correct prediction_error submitted_at", "1B 2A 3C 4D 5E 6F 7H 8G 9I 10J"),
        # T2: score, prediction, duration, first start, times at best
        (
            "score prediction_error duration first_start times_at_best",
            "1C 2B 3A 4F 5D 6E 7H 8G 9I 10J",
        ),
        # T3: score, duration, prediction
        ("score duration prediction_error", "1G 1H 3I 3J 5F 6C 7D 7E 9A 9B"),
        # T4: score, duration, fewer attempts, earlier registration
        ("score duration attempts registered_at", "1J 2I 3H 4G 5F 6E 7D 8C 9A 10B"),
        # T5: sums of score, duration, attempts
        ("correct_count duration attempts", "1I 1J 3G 3H 5F 6E 7C 7D 9A 10B"),
        # T6: score, duration, time of submitting
        ("score duration submitted_at", "1H 2I 3G 4J 5F 6D 7E 8C 9B 10A"),
        # T7: all correct, prediction, nothing else said
        ("all_correct prediction_error", "1A 1B 1C 4D 4E 4F 7G 7H 9I 9J"),
        # T8 read as duration (read as submitting it is T1)
        ("all_correct prediction_error duration", "1C 2A 2B 4F 5D 5E 7G 7H 9I 9J"),
        # T9: total, duration
        ("correct_count duration", "1G 1H 1I 1J 5F 6C 6D 6E 9A 9B"),
    ],
)
def test_the_orders_of_real_contests(criteria: str, expected: str) -> None:
    assert board(criteria, TEN) == expected


def test_more_correct_answers_come_before_everything_after_them() -> None:
    people = {"best": facts(PEOPLE["J"], 10), "next": facts(PEOPLE["B"], 9), "none": facts(PEOPLE["B"], 0)}
    assert board("correct_count prediction_error duration", people) == "1best 2next 3none"
    assert board("score prediction_error duration", people) == "1best 2next 3none"


def test_all_correct_is_a_filter() -> None:
    criteria = [Criterion.ALL_CORRECT, Criterion.PREDICTION_ERROR]
    assert qualifies(criteria, facts(PEOPLE["A"], 10))
    assert not qualifies(criteria, facts(PEOPLE["A"], 9))
    assert qualifies([Criterion.SCORE], facts(PEOPLE["A"], 9))
    # Were they shown nevertheless, nobody of them would stand before one with all correct.
    people = {"all": facts(PEOPLE["J"], 10), "nearly": facts(PEOPLE["A"], 9)}
    assert board("all_correct prediction_error", people) == "1all 2nearly"


def test_score_compares_papers_of_different_lengths() -> None:
    ten, twenty = facts(PEOPLE["A"], 9), replace(facts(PEOPLE["A"], 17), total=20)
    assert board("score", {"nine of ten": ten, "seventeen of twenty": twenty}).startswith("1nine")
    assert board("correct_count", {"nine of ten": ten, "seventeen of twenty": twenty}).startswith("1sev")


def test_who_predicted_nothing_comes_last() -> None:
    silent = replace(facts(PEOPLE["A"]), prediction_error=None)
    far = replace(facts(PEOPLE["A"]), prediction_error=Decimal(10) ** 12)
    assert board("prediction_error", {"far": far, "silent": silent}) == "1far 2silent"


def test_five_decimals_of_a_percentage_decide() -> None:
    near = replace(facts(PEOPLE["A"]), prediction_error=Decimal("0.00001"))
    far = replace(facts(PEOPLE["A"]), prediction_error=Decimal("0.00002"))
    assert board("prediction_error", {"far": far, "near": near}) == "1near 2far"


def test_durations_count_in_whole_seconds() -> None:
    early = replace(facts(PEOPLE["A"]), duration_ms=61_999, submitted_ms=DAY)
    quick = replace(facts(PEOPLE["A"]), duration_ms=61_001, submitted_ms=DAY + 1)
    assert board("duration submitted_at", {"early": early, "quick": quick}) == "1early 2quick"


some_facts = st.builds(
    Facts,
    correct_count=st.integers(0, 3),
    total=st.just(3),
    all_correct=st.booleans(),
    prediction_error=st.none() | st.decimals(0, 10**9, places=5),
    duration_ms=st.integers(0, 10).map(lambda seconds: seconds * SECOND),
    submitted_ms=st.integers(0, 5),
    attempts=st.integers(0, 3),
    registered_ms=st.integers(0, 3),
    first_start_ms=st.integers(0, 3),
    times_at_best=st.integers(0, 3),
    is_above=st.booleans(),
)
orders = st.lists(st.sampled_from(Criterion), min_size=1, unique=True)


def plain_order(criteria: list[Criterion], person: Facts) -> list[Decimal]:
    """The same order said without bytes."""
    nobody = Decimal(10) ** 30
    plain: dict[Criterion, Decimal | int] = {
        Criterion.ALL_CORRECT: -int(person.all_correct),
        Criterion.SCORE: -person.correct_count,
        Criterion.CORRECT_COUNT: -person.correct_count,
        Criterion.PREDICTION_ERROR: nobody if person.prediction_error is None else person.prediction_error,
        Criterion.PREDICTION_NOT_ABOVE: int(person.is_above),
        Criterion.DURATION: person.duration_ms,
        Criterion.SUBMITTED_AT: person.submitted_ms,
        Criterion.ATTEMPTS: person.attempts,
        Criterion.REGISTERED_AT: person.registered_ms,
        Criterion.FIRST_START: person.first_start_ms,
        Criterion.TIMES_AT_BEST: -person.times_at_best,
    }
    return [Decimal(plain[criterion]) for criterion in criteria]


@given(orders, some_facts, some_facts)
def test_bytes_sort_like_the_criteria(criteria: list[Criterion], one: Facts, other: Facts) -> None:
    keys = rank_key(criteria, one), rank_key(criteria, other)
    plain = plain_order(criteria, one), plain_order(criteria, other)
    assert (keys[0] < keys[1]) == (plain[0] < plain[1])
    assert (keys[0] == keys[1]) == (plain[0] == plain[1])
    assert len(keys[0]) == 8 * len(criteria)


@pytest.mark.parametrize(
    "keys,ranks",
    [
        ([], []),
        ([b"a"], [1]),
        ([b"a", b"b", b"b", b"c"], [1, 2, 2, 4]),
        ([b"a", b"a", b"a"], [1, 1, 1]),
        ([b"a", b"a", b"b", b"b", b"c"], [1, 1, 3, 3, 5]),
    ],
)
def test_equal_people_share_a_place(keys: list[bytes], ranks: list[int]) -> None:
    assert competition_ranks(keys) == ranks


# number, correct answers, submitted, seconds
ATTEMPTS = [
    AttemptFacts(1, 7, 100, 50_000),
    AttemptFacts(2, 9, 200, 90_400),
    AttemptFacts(3, 9, 300, 60_900),
    AttemptFacts(4, 9, 400, 60_100),
    AttemptFacts(5, 8, 500, 20_000),
]


@pytest.mark.parametrize(
    "rule,number",
    [
        (Counts.BEST_THEN_EARLIEST, 2),
        (Counts.BEST, 3),  # as quick as the fourth in whole seconds, and earlier
        (Counts.FIRST, 1),
        (Counts.LAST, 5),
    ],
)
def test_which_attempt_counts(rule: Counts, number: int) -> None:
    assert counted(ATTEMPTS, rule) == number
    assert counted(ATTEMPTS[::-1], rule) == number


@given(st.permutations(ATTEMPTS), st.sampled_from(Counts))
def test_the_order_of_reading_attempts_does_not_matter(attempts: list[AttemptFacts], rule: Counts) -> None:
    assert counted(attempts, rule) == counted(ATTEMPTS, rule)


def test_how_often_the_best_was_reached() -> None:
    assert times_at_best(ATTEMPTS) == 3
    assert times_at_best(ATTEMPTS[:1]) == 1
    assert times_at_best([]) == 0


def test_more_attempts_never_lower_the_best() -> None:
    bests = [ATTEMPTS[counted(ATTEMPTS[:n], Counts.BEST) - 1].correct_count for n in range(1, 6)]
    assert all(before <= after for before, after in pairwise(bests))


def test_of_the_same_distance_the_lower_prediction_may_come_first() -> None:
    """3,195 came true; 3,190 and 3,200 are equally far off: the option decides, or the next criterion."""
    people = {
        "3190": replace(facts(PEOPLE["D"]), submitted_ms=DAY + 2),
        "3200": replace(facts(PEOPLE["D"]), submitted_ms=DAY + 1, is_above=True),
        "3194": replace(facts(PEOPLE["A"]), prediction_error=Decimal(1)),
    }
    assert board("prediction_error", people) == "13194 23190 23200"
    assert board("prediction_error submitted_at", people) == "13194 23200 33190"
    assert board("prediction_error prediction_not_above submitted_at", people) == "13194 23190 33200"


def test_places_count_among_all_and_within_categories() -> None:
    found = places(
        [
            Contender(b"1", 11, "hoc-sinh"),
            Contender(b"2", 12, "vien-chuc"),
            Contender(b"2", 13, "hoc-sinh"),
            Contender(b"3", 14, "vien-chuc"),
            Contender(b"0", 15, "vien-chuc", qualifies=False),
            Contender(b"4", 16, None),
        ]
    )
    assert found == {
        11: Place(1, 1),
        12: Place(2, 1),
        13: Place(2, 2),
        14: Place(4, 2),
        15: Place(None, None),
        16: Place(5, None),
    }
