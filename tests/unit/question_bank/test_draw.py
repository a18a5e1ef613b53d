"""Papers drawn by matrix: exact cells, no two of a group, even exposure, never stuck when a way exists."""

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.draw import Cell, Drawn, Plan, PoolItem, PoolTooThin, Shortage, coverage, draw, plan_for

TOPICS = ("Đại hội", "Sơn La", "Lạng Sơn")
LEVELS = ("dễ", "vừa", "khó")
# 60 questions: 20 of each topic, levels in turn; 1–10 are five pairs of twins.
POOL = tuple(
    PoolItem(
        id=number,
        topic=TOPICS[number % 3],
        level=LEVELS[number // 3 % 3],
        choices=4,
        pinned=(3,) if number % 5 == 0 else (),
        group=(number - 1) // 2 if number <= 10 else None,
    )
    for number in range(1, 61)
)
BY_ID = {item.id: item for item in POOL}
MATRIX = (
    Cell("Đại hội", "khó", 2),
    Cell("Sơn La", None, 4),
    Cell(None, "dễ", 3),
    Cell(None, None, 6),
)


def fits(item: PoolItem, cell: Cell) -> bool:
    return cell.topic in (None, item.topic) and cell.level in (None, item.level)


def can_fill(items: list[PoolItem], cells: list[Cell]) -> bool:
    """Whether these items are exactly what the cells ask for, by trying everything."""
    wanted = [cell for cell in cells for _ in range(cell.count)]
    if len(items) != len(wanted):
        return False
    if not items:
        return True
    return any(
        fits(items[0], cell)
        and can_fill(items[1:], [Cell(c.topic, c.level, 1) for j, c in enumerate(wanted) if j != i])
        for i, cell in enumerate(wanted)
    )


def test_ten_thousand_papers():
    plan = Plan(POOL, MATRIX)
    exposure: Counter[int] = Counter()
    for seed in range(10_000):
        paper = plan.draw(seed=seed)
        items = [BY_ID[drawn.id] for drawn in paper]
        assert len({item.id for item in items}) == 15
        groups = [item.group for item in items if item.group is not None]
        assert len(groups) == len(set(groups))
        # Exact cells: enough for each special one, and the rest is free.
        assert sum(fits(item, MATRIX[0]) for item in items) >= 2
        assert sum(fits(item, MATRIX[1]) for item in items) >= 4
        assert sum(fits(item, MATRIX[2]) for item in items) >= 3
        for drawn in paper:
            item = BY_ID[drawn.id]
            assert sorted(drawn.order) == [0, 1, 2, 3]
            assert all(drawn.order[place] == place for place in item.pinned)
        exposure.update(item.id for item in items)
    assert len(exposure) == 60


def test_exposure_is_even_within_each_cell():
    pool = [PoolItem(n, TOPICS[n % 3], None, 4) for n in range(60)]
    plan = Plan(pool, [Cell("Đại hội", None, 3), Cell("Sơn La", None, 5), Cell("Lạng Sơn", None, 8)])
    exposure = Counter(drawn.id for seed in range(6000) for drawn in plan.draw(seed=seed))
    for topic, count in enumerate((3, 5, 8)):
        even = 6000 * count / 20
        for number in range(topic, 60, 3):
            assert abs(exposure[number] - even) < 0.15 * even


def test_twins_are_shown_as_often_as_others():
    pool = [PoolItem(n, None, None, 4, group=n // 2 if n < 20 else None) for n in range(60)]
    plan = Plan(pool, [Cell(None, None, 12)])
    exposure = Counter(drawn.id for seed in range(6000) for drawn in plan.draw(seed=seed))
    even = 6000 * 12 / 60
    assert all(abs(exposure[n] - even) < 0.15 * even for n in range(60))


def test_each_choice_comes_to_each_place():
    pool = [PoolItem(1, None, None, 4, pinned=(3,))]
    places = Counter(draw(pool, [Cell(None, None, 1)], seed=seed)[0].order for seed in range(6000))
    assert set(places) == {(*order, 3) for order in itertools.permutations(range(3))}
    assert all(900 < count < 1100 for count in places.values())


def test_papers_are_equally_hard_once_that_is_known():
    # Shares of right answers from 5 % to 95 %, a quarter of the questions not known yet.
    pool = [
        PoolItem(n, TOPICS[n % 2], None, 4, facility=None if n % 4 == 3 else 0.05 + 0.9 * (n * 37 % 90) / 90)
        for n in range(90)
    ]
    known = [item.facility for item in pool if item.facility is not None]
    facility = {item.id: item.facility or sum(known) / len(known) for item in pool}
    plan = Plan(pool, [Cell("Đại hội", None, 10), Cell("Sơn La", None, 10)])
    exposure: Counter[int] = Counter()
    near = 0
    for seed in range(6000):
        ids = [drawn.id for drawn in plan.draw(seed=seed)]
        exposure.update(ids)
        near += abs(sum(map(facility.__getitem__, ids)) / 20 - sum(facility.values()) / 90) <= 0.03
    assert near >= 0.95 * 6000
    for topic in (0, 1):  # each has 45 questions
        assert all(abs(exposure[n] - 6000 * 10 / 45) < 0.15 * 6000 * 10 / 45 for n in range(topic, 90, 2))


def test_the_same_seed_gives_the_same_paper_whatever_the_order_of_the_pool():
    paper = draw(POOL, MATRIX, seed=7)
    assert paper == draw(POOL[::-1], MATRIX, seed=7)
    assert paper != draw(POOL, MATRIX, seed=8)


def test_a_paper_of_the_past_can_be_drawn_again():
    # Stored attempts are explained by their seed: this must never change.
    paper = draw(POOL, MATRIX, seed=2025)
    assert [drawn.id for drawn in paper] == [15, 34, 35, 23, 10, 36, 24, 19, 5, 7, 20, 18, 42, 46, 13]
    assert paper[0].order == (0, 2, 1, 3)


def test_a_paper_of_the_past_from_cells_of_their_own():
    pool = [PoolItem(n, TOPICS[n % 3], None, 4, group=n // 3 % 4 or None) for n in range(1, 40)]
    paper = draw(pool, [Cell("Đại hội", None, 3), Cell("Sơn La", None, 3)], seed=2025)
    assert [drawn.id for drawn in paper] == [30, 25, 4, 33, 37, 12]


def test_twins_in_a_small_cell_are_shown_as_often_as_others():
    # Four questions, two of them twins, two are drawn: one of the twins must stand in every paper.
    pool = [PoolItem(n, "a", None, 4, group=1 if n < 3 else None) for n in range(1, 5)]
    plan = Plan(pool, [Cell("a", None, 2)])
    exposure = Counter(drawn.id for seed in range(6000) for drawn in plan.draw(seed=seed))
    assert all(abs(exposure[n] - 3000) < 200 for n in range(1, 5))


def test_a_question_counts_under_the_topics_above_its_own_and_under_former_names():
    pool = [
        PoolItem(1, "Đại hội VI", None, 4, wider=("Đại hội", "Thời kỳ đổi mới")),
        PoolItem(2, "Đại hội VII", None, 4, wider=("Đại hội",)),
        PoolItem(3, "Sơn La", None, 4),
    ]
    assert coverage(pool, [Cell("đại  hội", None, 2), Cell("Sơn La", None, 1)]) == ()
    assert coverage(pool, [Cell("Thời kỳ Đổi mới", None, 2)]) == (
        Shortage(Cell("Thời kỳ Đổi mới", None, 2), 2, 1),
    )
    for seed in range(20):  # only one of them can be the congress in general
        paper = draw(pool, [Cell("Đại hội", None, 1), Cell("Đại hội VI", None, 1)], seed=seed)
        assert {drawn.id for drawn in paper} == {1, 2}
    assert coverage(pool, [Cell("Đại hội", None, 3)]) == (Shortage(Cell("Đại hội", None, 3), 3, 2),)


def test_large_cells_are_even_too_and_avoid_what_was_seen():
    pool = tuple(  # the first sixty are pairs of twins of one topic
        PoolItem(n, TOPICS[n % 3], None, 4, group=n // 6 * 3 + n % 3 if n < 60 else None) for n in range(300)
    )
    cells = (Cell("Đại hội", None, 3), Cell("Sơn La", None, 2))
    exposure: Counter[int] = Counter()
    for seed in range(12_000):
        exposure.update(drawn.id for drawn in draw(pool, cells, seed=seed))
    for topic, count in enumerate((3, 2)):
        even = 12_000 * count / 100
        assert all(abs(exposure[n] - even) < 0.25 * even for n in range(topic, 300, 3))
    had: Counter[int] = Counter()
    for attempt in range(12):
        had.update(drawn.id for drawn in draw(pool, cells, seed=attempt, seen=had))
    assert set(had.values()) == {1}


def test_a_plan_is_kept_for_a_pool_that_cannot_change():
    pool, cells = tuple(POOL), (Cell("Sơn La", None, 2),)
    assert plan_for(pool, cells) is plan_for(pool, list(cells))
    assert plan_for(pool, cells) is not plan_for((*pool, PoolItem(99, "Sơn La", None, 4)), cells)
    assert plan_for(list(pool), cells) is not plan_for(list(pool), cells)


def test_without_shuffling_questions_follow_the_matrix_and_choices_stay():
    cells = [Cell("Sơn La", None, 3), Cell("Đại hội", None, 2)]
    paper = draw(POOL, cells, seed=1, shuffle_questions=False, shuffle_choices=False)
    assert [BY_ID[drawn.id].topic for drawn in paper] == ["Sơn La"] * 3 + ["Đại hội"] * 2
    assert [drawn.id for drawn in paper[:3]] == sorted(drawn.id for drawn in paper[:3])
    assert all(drawn.order == (0, 1, 2, 3) for drawn in paper)


def test_questions_already_seen_are_avoided_while_the_bank_allows():
    pool = [PoolItem(n, None, None, 4) for n in range(20)]
    cells = [Cell(None, None, 8)]
    seen: Counter[int] = Counter()
    for attempt in range(5):
        seen.update(drawn.id for drawn in draw(pool, cells, seed=attempt, seen=seen))
    # 40 places for 20 questions: each exactly twice.
    assert set(seen.values()) == {2}


def test_seeing_one_twin_counts_for_the_other():
    pool = [
        PoolItem(1, None, None, 4, group=1),
        PoolItem(2, None, None, 4, group=1),
        PoolItem(3, None, None, 4),
    ]
    for seed in range(50):
        assert draw(pool, [Cell(None, None, 1)], seed=seed, seen={1: 1})[0].id == 3
        both = {drawn.id for drawn in draw(pool, [Cell(None, None, 2)], seed=seed, seen={1: 1})}
        assert both == {2, 3}


def test_seen_questions_do_not_make_a_cell_fail():
    pool = [PoolItem(1, "a", "khó", 4), PoolItem(2, "a", "dễ", 4)]
    cells = [Cell("a", "khó", 1), Cell("a", None, 1)]
    assert {drawn.id for drawn in draw(pool, cells, seed=1, seen={1: 9})} == {1, 2}


def test_a_general_cell_gives_way_to_a_special_one():
    # Whoever fills the general cell first with 1 must move it for the special one.
    pool = [PoolItem(1, "a", "khó", 4), PoolItem(2, "b", "khó", 4), PoolItem(3, "b", "dễ", 4)]
    cells = [Cell(None, "khó", 1), Cell("a", None, 1), Cell(None, None, 1)]
    for seed in range(100):
        assert sorted(drawn.id for drawn in draw(pool, cells, seed=seed)) == [1, 2, 3]


def test_twins_in_different_cells():
    # The twins 1 and 2 fit different cells; only one of them may be used, so 3 has to help out.
    pool = [PoolItem(1, "a", None, 4, group=9), PoolItem(2, "b", None, 4, group=9), PoolItem(3, "a", None, 4)]
    cells = [Cell("a", None, 1), Cell("b", None, 1)]
    for seed in range(50):
        assert sorted(drawn.id for drawn in draw(pool, cells, seed=seed)) == [2, 3]


def test_what_the_bank_lacks_is_said_for_each_cell():
    cells = [Cell("Sơn La", "khó", 12), Cell("Đại hội", None, 5), Cell("Hà Giang", None, 1)]
    shortages = coverage(POOL, cells)
    assert [(one.cell.topic, one.wanted, one.available) for one in shortages] == [
        ("Sơn La", 12, 6),
        ("Hà Giang", 1, 0),
    ]
    with pytest.raises(PoolTooThin) as caught:
        draw(POOL, cells, seed=1)
    assert caught.value.shortages == shortages


def test_cells_that_are_enough_alone_but_not_together():
    pool = [PoolItem(n, "a", "khó", 4) for n in range(5)]
    cells = [Cell(None, None, 3), Cell("a", "khó", 4)]
    assert coverage(pool, cells) == (Shortage(cells[0], 3, 1),)
    assert coverage(pool, [Cell(None, None, 2), Cell("a", "khó", 3)]) == ()


def test_twins_count_once():
    pool = [PoolItem(n, "a", None, 4, group=1) for n in range(5)]
    assert coverage(pool, [Cell("a", None, 2)]) == (Shortage(Cell("a", None, 2), 2, 1),)


def test_names_of_topics_are_compared_loosely():
    pool = [PoolItem(1, "Hoà Bình", "Nhận biết", 4)]
    assert coverage(pool, [Cell("hòa bình", "nhận  biết", 1)]) == ()


def test_edges():
    assert draw([], [], seed=1) == ()
    assert draw(POOL, [Cell(None, None, 0)], seed=1) == ()
    assert draw([PoolItem(1, None, None, 2)], [Cell(None, None, 1)], seed=1, shuffle_choices=False) == (
        Drawn(1, (0, 1)),
    )
    with pytest.raises(ValueError, match="negative"):
        draw(POOL, [Cell(None, None, -1)], seed=1)


@settings(max_examples=300, deadline=None)
@given(
    kinds=st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xy"), st.integers(0, 3)), max_size=7),
    cells=st.lists(
        st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from(["x", "y", None]), st.integers(0, 3)),
        max_size=3,
    ),
    seed=st.integers(0, 2**63 - 1),
)
def test_a_paper_is_found_exactly_when_there_is_one(kinds, cells, seed):
    pool = [
        PoolItem(n, topic, level, 3, group=group or None) for n, (topic, level, group) in enumerate(kinds)
    ]
    wanted = [Cell(*cell) for cell in cells if cell[2]]
    size = sum(cell.count for cell in wanted)

    def allowed(items):
        groups = [item.group for item in items if item.group]
        return len(groups) == len(set(groups)) and can_fill(list(items), wanted)

    possible = any(allowed(items) for items in itertools.combinations(pool, size))
    assert (coverage(pool, wanted) == ()) is possible
    if possible:
        drawn = {one.id for one in draw(pool, wanted, seed=seed)}
        assert allowed([item for item in pool if item.id in drawn])
    else:
        with pytest.raises(PoolTooThin):
            draw(pool, wanted, seed=seed)


@given(
    seen=st.dictionaries(st.integers(0, 9), st.integers(1, 3)),
    count=st.integers(0, 10),
    seed=st.integers(0, 2**63 - 1),
)
def test_the_least_seen_are_taken(seen, count, seed):
    pool = [PoolItem(n, "a", None, 4) for n in range(10)]
    drawn = draw(
        pool, [Cell(None, None, count // 2), Cell("a", None, count - count // 2)], seed=seed, seen=seen
    )
    times = sorted(seen.get(one.id, 0) for one in drawn)
    assert times == sorted(seen.get(n, 0) for n in range(10))[:count]
