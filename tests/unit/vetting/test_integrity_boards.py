"""Places before and after, against counting them one by one; filters; unit sums."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from quiz.scoring.ranking import competition_ranks
from quiz.standings.queries import UnitSums
from quiz.vetting.annul_filter import AnnulFilter, chosen, from_dict
from quiz.vetting.annul_units import lessened
from quiz.vetting.integrity_boards import moves

KEYS = st.integers(0, 9).map(lambda one: bytes([one]))
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def places(board: dict[int, bytes]) -> dict[int, int]:
    """Everybody's place, counted in full."""
    order = sorted(board, key=lambda person: (board[person], person))
    return dict(zip(order, competition_ranks([board[one] for one in order]), strict=True))


@given(st.dictionaries(st.integers(1, 20), KEYS, min_size=1), st.data())
def test_moves_are_those_of_the_whole_board(board: dict[int, bytes], data: st.DataObject) -> None:
    people = data.draw(st.lists(st.sampled_from(sorted(board)), unique=True))
    after = {person: data.draw(st.none() | KEYS) for person in people}
    found = moves(sorted(board.values()), {one: board[one] for one in people}, after)
    fresh = {one: key for one, key in {**board, **after}.items() if key is not None}
    old, new = places(board), places(fresh)
    assert {one.person: (one.before, one.after) for one in found.people} == {
        one: (old[one], new.get(one)) for one in people
    }
    assert found.risen == sum(new[one] < old[one] for one in board if one not in people)
    assert found.out == sum(key is None for key in after.values())


def test_somebody_without_a_result_comes_onto_the_board() -> None:
    found = moves([b"1", b"3"], {}, {7: b"2"})
    assert [(one.before, one.after) for one in found.people] == [(None, 2)]
    assert (found.risen, found.out) == (0, 0)


def attempt(ident: int, **changes: object) -> SimpleNamespace:
    values = {
        "id": ident,
        "entry_id": ident * 10,
        "unit_path": "/14/03646/",
        "question_count": 20,
        "correct_count": 18,
        "duration_ms": 40_000,
        "submitted_at": NOW,
    }
    return SimpleNamespace(**{**values, **changes})


def test_every_condition_has_to_hold() -> None:
    rows = [
        attempt(1),
        attempt(2, duration_ms=50_000),
        attempt(3, correct_count=17),
        attempt(4, unit_path=None),
        attempt(5, submitted_at=NOW + timedelta(hours=2)),
        attempt(6, entry_id=10),
    ]
    table = [
        (AnnulFilter(seconds="2.5"), (1, 3, 4, 5, 6)),
        (AnnulFilter(percent=90), (1, 2, 4, 5, 6)),
        (AnnulFilter(unit="03646"), (1, 2, 3, 5, 6)),
        (AnnulFilter(unit="14"), (1, 2, 3, 5, 6)),
        (AnnulFilter(unit="0364"), ()),
        (AnnulFilter(since=NOW, until=NOW + timedelta(hours=1)), (1, 2, 3, 4, 6)),
        (AnnulFilter(people=(10,)), (1, 6)),
        (AnnulFilter(people=(10,), attempts=(6, 5)), (6,)),
        (AnnulFilter(seconds="2.5", percent=90, unit="03646"), (1, 5, 6)),
        (AnnulFilter(), ()),
    ]
    for wanted, expected in table:
        assert chosen(rows, wanted) == expected, wanted
        assert from_dict(wanted.as_dict()) == wanted


def test_nought_percent_is_a_condition() -> None:
    assert not AnnulFilter(percent=0).is_empty
    assert AnnulFilter().is_empty


def test_unit_sums_lose_what_people_lose() -> None:
    sums = [UnitSums(1, 10, 20, 100, 200, 3), UnitSums(None, 2, 2, 5, 40, 0)]
    gone = {"unit_id": 1, "attempts": 3, "correct_count": 20, "question_count": 20}
    less = {"unit_id": 1, "attempts": 2, "correct_count": 20, "question_count": 20}
    fresh = {"unit_id": 1, "attempts": 1, "correct_count": 12, "question_count": 20}
    now = {row.unit_id: row for row in lessened(sums, [(gone, None), (less, fresh)])}
    assert now[1] == UnitSums(1, 9, 16, 72, 180, 1)
    assert now[None] == sums[1]
