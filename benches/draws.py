"""Papers drawn from the demo's questions: what none may have, how even the exposure is, how equal they are.

python -m benches.draws --papers 2000
"""

import argparse
import multiprocessing
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from benches.frame import Row, print_table
from question_bank.draw import Cell, Plan, PoolItem, draw, pinned_places, stays_last
from question_bank.duplicates import find_duplicates
from question_bank.reading import read
from question_bank.values import Choice, Question
from quiz.bank.kinship import join
from quiz.contests.definition import parse_definition
from quiz.core.clock import now
from quiz.core.settings import ROOT
from quiz.demo.definitions import definition_text, times
from quiz.demo.service import BANKS

_BANK = "lich-su-dai-hoi"
_PAPERS = 100_000
_ATTEMPTS = 4
_EVEN, _NEAR, _SHARE = 0.15, 0.03, 0.95
_LEVELS = {"Nhận biết": (0.78, 0.10), "Thông hiểu": (0.60, 0.13), "Vận dụng": (0.42, 0.10)}
_Name = tuple[str | None, str | None]  # a cell by its topic and level
_NO_CELL = ("", "")
_ALL_OF_THEM = "Tất cả các phương án trên đều đúng"


@dataclass(frozen=True)
class Bank:
    """What papers are drawn from, and what must not stand together."""

    questions: tuple[Question, ...]
    pool: tuple[PoolItem, ...]
    forbidden: frozenset[frozenset[int]]


@dataclass
class Seen:
    """What was found in some papers."""

    papers: int = 0
    forbidden: int = 0
    wrong_cells: int = 0
    moved: int = 0
    different: int = 0
    far: int = 0
    repeated: int = 0
    exposure: Counter[tuple[int, int]] = field(default_factory=Counter)  # cell, question

    def add(self, other: "Seen") -> None:
        """Take over the counts of another part."""
        for name in ("papers", "forbidden", "wrong_cells", "moved", "different", "far", "repeated"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.exposure.update(other.exposure)


def demo_bank() -> Bank:
    """The questions of the demo's bank, some of them with "all of them" as the last choice.

    Of each eighth there is a second wording, as somebody else would have sent it.
    """
    files = [ROOT / "demo/banks" / file for file, slug, _ in BANKS if slug == _BANK]
    read_ones = [one for path in files for one in read(path.read_bytes(), path.name).questions]
    own = [_with_all_of_them(replace(one, number=str(n))) for n, one in enumerate(read_ones, start=1)]
    questions = (*own, *(_reworded(one, len(own) + place) for place, one in enumerate(own[::8], start=1)))
    pairs = [(like.a, like.b) for like in find_duplicates(questions)]
    numbers = iter(range(1, len(questions)))
    families = join(pairs, {one.number: None for one in questions}, lambda: next(numbers))
    pool = tuple(
        PoolItem(
            id=int(one.number),
            topic=one.topic,
            level=one.level,
            choices=len(one.choices),
            pinned=pinned_places(one.choices),
            group=families.get(one.number),
        )
        for one in questions
    )
    return Bank(questions, pool, frozenset(frozenset(map(int, pair)) for pair in pairs))


def _with_all_of_them(question: Question) -> Question:
    last = len(question.choices) - 1
    if int(question.number) % 5 or last in question.correct:
        return question
    return replace(question, choices=(*question.choices[:last], Choice(_ALL_OF_THEM)))


def _reworded(question: Question, number: int) -> Question:
    text = f"Hãy cho biết: {question.text[0].lower()}{question.text[1:]}"
    return replace(question, number=str(number), text=text)


def calibrated(bank: Bank, seed: int = 2026) -> Bank:
    """The same with shares of right answers such as a round leaves behind; one question in ten is too new."""
    dice = random.Random(seed)
    pool = []
    for item in bank.pool:
        mean, spread = _LEVELS[item.level or "Thông hiểu"]
        facility = min(max(dice.gauss(mean, spread), 0.08), 0.97)
        pool.append(replace(item, facility=None if dice.random() < 0.1 else facility))
    return replace(bank, pool=tuple(pool))


def contest_matrix() -> tuple[Cell, ...]:
    """The matrix of the demo's contest: twenty questions by topic."""
    text = definition_text(ROOT / "demo/contests/dai-hoi-xvi.toml", times(now()))
    cells = parse_definition(text).rounds[0].paper.matrix
    return tuple(Cell(cell.topic, cell.level, cell.count) for cell in cells)


def level_matrix() -> tuple[Cell, ...]:
    """Fifteen questions by level, where cells are large."""
    return (Cell(None, "Nhận biết", 8), Cell(None, "Thông hiểu", 6), Cell(None, "Vận dụng", 1))


def look(bank: Bank, cells: Sequence[Cell], seeds: range, attempts: int = 1) -> Seen:
    """Draw the papers of these seeds and look at each; so many after each other are one person's."""
    plan = Plan(bank.pool, cells)
    items = {item.id: item for item in bank.pool}
    wanted = {(cell.topic, cell.level): cell.count for cell in cells}
    places = {(cell.topic, cell.level): place for place, cell in enumerate(cells)}
    facility, mean = _facilities(bank, cells)
    last = {int(one.number): _last(one) for one in bank.questions}
    seen, had = Seen(), Counter[int]()
    for seed in seeds:
        had = Counter() if seed % attempts == 0 else had
        paper = plan.draw(seed=seed, seen=had)
        ids = [drawn.id for drawn in paper]
        stands = [_cell(items[id_], wanted) for id_ in ids]
        seen.papers += 1
        seen.wrong_cells += Counter(stands) != wanted
        seen.exposure.update((places[cell], id_) for cell, id_ in zip(stands, ids, strict=True))
        chosen = frozenset(ids)
        seen.forbidden += len(chosen) < len(ids) or any(pair <= chosen for pair in bank.forbidden)
        seen.moved += any(last[drawn.id] is not None and drawn.order[-1] != last[drawn.id] for drawn in paper)
        seen.far += abs(sum(map(facility.__getitem__, ids)) / len(ids) - mean) > _NEAR
        if seed % 1000 == 0:
            seen.different += plan.draw(seed=seed, seen=had) != paper
        seen.repeated += bool(had) and _repeats(bank, wanted, ids, had)
        had.update(ids)
    return seen


def _repeats(bank: Bank, wanted: dict[_Name, int], ids: Sequence[int], had: Counter[int]) -> bool:
    """Whether a question (or its twin) came again although its cell had enough that had not come yet."""
    family = {item.id: _family(item) for item in bank.pool}
    seen = {family[id_] for id_ in had}
    cells: dict[_Name, set[int]] = {}
    for item in bank.pool:
        cells.setdefault(_cell(item, wanted), set()).add(family[item.id])
    least = sum(max(0, count - len(cells[cell] - seen)) for cell, count in wanted.items())
    return sum(family[id_] in seen for id_ in ids) > least


def _cell(item: PoolItem, wanted: dict[_Name, int]) -> _Name:
    both = ((item.topic, item.level), (item.topic, None), (None, item.level), (None, None))
    return next((cell for cell in both if cell in wanted), _NO_CELL)


def _last(question: Question) -> int | None:
    return next((index for index, one in enumerate(question.choices) if stays_last(one.text)), None)


def _facilities(bank: Bank, cells: Sequence[Cell]) -> tuple[dict[int, float], float]:
    """By question, and what a paper of this matrix has on average; what is not known counts as usual."""
    known = [item.facility for item in bank.pool if item.facility is not None]
    usual = sum(known) / len(known) if known else 0.5
    facility = {item.id: usual if item.facility is None else item.facility for item in bank.pool}
    wanted = {(cell.topic, cell.level): cell.count for cell in cells}
    members: dict[_Name, list[float]] = {}
    for item in bank.pool:
        members.setdefault(_cell(item, wanted), []).append(facility[item.id])
    total = sum(count * sum(members[cell]) / len(members[cell]) for cell, count in wanted.items())
    return facility, total / sum(wanted.values())


def _look_part(part: tuple[Bank, tuple[Cell, ...], range, int]) -> Seen:
    return look(*part)


def rows(papers: int = _PAPERS) -> Iterable[Row]:
    """All rows; half of the papers by each of two processes."""
    plain = demo_bank()
    families = Counter(item.group for item in plain.pool if item.group is not None)
    yield Row("questions in the pool", len(plain.pool), "")
    yield Row("families of near-duplicates among them", len(families), "", 5, at_least=True)
    known = calibrated(plain)
    cases = (
        ("by topic", plain, contest_matrix(), 1),
        ("by topic, difficulty known", known, contest_matrix(), 1),
        ("by level, difficulty known", known, level_matrix(), 1),
        ("by level, difficulty known, four attempts", known, level_matrix(), _ATTEMPTS),
    )
    half = papers // 2 // _ATTEMPTS * _ATTEMPTS
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for name, bank, cells, attempts in cases:
            started = time.monotonic()
            seen = Seen()
            parts = [(bank, cells, seeds, attempts) for seeds in (range(half), range(half, papers))]
            for part in pool.imap_unordered(_look_part, parts):
                seen.add(part)
            yield from _told(name, seen, bank is known)
            if attempts > 1:
                # Twins share their exposure here: who has seen one is not shown the other.
                yield Row(f"{name}: papers that repeat more than they must", seen.repeated, "", 0)
            else:
                away = 100 * farthest(bank, cells, seen)
                yield Row(f"{name}: farthest from even exposure in its cell", away, "%", 100 * _EVEN)
            yield Row(f"{name}: time", time.monotonic() - started, "s")
    yield from _large()


def _large() -> Iterator[Row]:
    """A bank of 10,000 questions with shares of right answers; twenty of twenty topics."""
    pool = tuple(
        PoolItem(n, f"Chủ đề {n % 20}", None, 4, facility=0.3 + n * 37 % 500 / 1000) for n in range(10_000)
    )
    cells = [Cell(f"Chủ đề {topic}", None, 1) for topic in range(20)]
    times = []
    for seed in range(201):
        started = time.perf_counter()
        draw(pool, cells, seed=seed, seen={seed: 1})
        times.append(1000 * (time.perf_counter() - started))
    yield Row("a paper from 10,000 questions, the first after a change of the bank", times[0], "ms")
    yield Row("a paper from 10,000 questions, median of 200", statistics.median(times[1:]), "ms", 5)


def _told(name: str, seen: Seen, is_known: bool) -> Iterator[Row]:
    yield Row(f"{name}: papers", seen.papers, "")
    yield Row(f"{name}: papers with two of one family", seen.forbidden, "", 0)
    yield Row(f"{name}: papers with a cell that is not exact", seen.wrong_cells, "", 0)
    yield Row(f"{name}: papers with “all of them” elsewhere than last", seen.moved, "", 0)
    yield Row(f"{name}: seeds that gave another paper again", seen.different, "", 0)
    if is_known:
        near = 1 - seen.far / seen.papers
        yield Row(
            f"{name}: papers within ±{_NEAR} of the mean facility",
            100 * near,
            "%",
            100 * _SHARE,
            at_least=True,
        )


def farthest(bank: Bank, cells: Sequence[Cell], seen: Seen) -> float:
    """The largest deviation of one question's exposure, as a share of what even exposure in its cell is."""
    wanted = {(cell.topic, cell.level): cell.count for cell in cells}
    worst = 0.0
    for place, cell in enumerate(cells):
        members = [item.id for item in bank.pool if _cell(item, wanted) == (cell.topic, cell.level)]
        even = seen.papers * cell.count / len(members)
        worst = max(worst, *(abs(seen.exposure[place, id_] / even - 1) for id_ in members))
    return worst


def _family(item: PoolItem) -> int:
    return item.group or -item.id


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=_PAPERS)
    sys.exit(0 if print_table(rows(parser.parse_args().papers)) else 1)
