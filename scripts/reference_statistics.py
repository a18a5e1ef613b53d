"""Item statistics once more, by other people's code, for tests/unit/question_bank/test_reference.py.

Run by hand, in an environment of its own that has numpy and scipy; the product needs neither:

    python scripts/reference_statistics.py

Reads attempts.csv (made here by a fixed seed if it is missing) and writes expected.json beside it. Shares no
line with question_bank: vectors instead of counters, general optimisers instead of fixed-point steps.
"""

import csv
import itertools
import json
import random
from pathlib import Path

import numpy as np
from scipy.optimize import brentq, minimize
from scipy.stats import pointbiserialr

FOLDER = Path(__file__).parents[1] / "tests" / "unit" / "question_bank" / "files" / "statistics"
KEYS = "ABCDABCDABCD"  # of questions 1 to 12; that of question 7 is wrong, B would be right
TRULY = "ABCDABBDABCD"
DRAWN = 8
# Five questions, 1,000 people (Bock and Lieberman, 1970): patterns of right answers and how often they came.
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def make_attempts(path: Path, people: int = 120) -> None:
    """Eight of twelve questions each; "." was not on the paper, "-" was left empty."""
    dice = random.Random(1930)  # noqa: S311 -- made-up answers by a seed
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(range(1, len(KEYS) + 1))
        for _ in range(people):
            able = dice.gauss(0.4, 1)
            paper = dice.sample(range(len(KEYS)), DRAWN)
            writer.writerow([pick(dice, able, item) if item in paper else "." for item in range(len(KEYS))])


def pick(dice: random.Random, able: float, item: int) -> str:
    """What somebody so able answers."""
    if dice.random() < 0.03:
        return "-"
    if dice.random() < 1 / (1 + np.exp(item / 4 - 1.5 - able)):
        return TRULY[item]
    return dice.choice([letter for letter in "ABCD" if letter != TRULY[item]])


def marks_of(rows: list[list[str]]) -> np.ndarray:
    """1 right, 0 wrong or empty, nan not on the paper."""
    return np.array(
        [
            [np.nan if cell == "." else float(cell == key) for cell, key in zip(row, KEYS, strict=True)]
            for row in rows
        ]
    )


def items(rows: list[list[str]], marks: np.ndarray) -> list[dict]:
    """The figures of each question from vectors over those who had it."""
    totals = np.nansum(marks, axis=1)
    found, roots = [], []
    for item in range(len(KEYS)):
        had = ~np.isnan(marks[:, item])
        x, rest = marks[had, item], totals[had] - marks[had, item]
        picked = np.array([row[item] for row in rows])[had]
        best = np.cov(np.sort(x), np.sort(rest), ddof=1)[0, 1]
        part = np.cov(x, totals[had], ddof=1)[0, 1]
        roots.append(np.sqrt(part) if part >= 0 else np.nan)
        found.append(
            {
                "attempts": int(had.sum()),
                "facility": x.mean(),
                "deviation": x.std(ddof=1),
                "discrimination": 100 * np.corrcoef(x, rest)[0, 1],
                "efficiency": 100 * np.cov(x, rest, ddof=1)[0, 1] / best,
                "unanswered": int((picked == "-").sum()),
                "choices": [choice(picked == letter, rest) for letter in "ABCD"],
            }
        )
    for one, root in zip(found, roots, strict=True):
        one["weight"] = None if np.isnan(root) else 100 * root / np.nansum(roots)
    return found


def choice(chosen: np.ndarray, rest: np.ndarray) -> dict:
    """One choice of one question."""
    return {
        "picks": int(chosen.sum()),
        "share": chosen.mean(),
        "correlation": pointbiserialr(chosen, rest).statistic if chosen.any() else None,
        "mean_rest": rest[chosen].mean() if chosen.any() else None,
    }


def reliability(marks: np.ndarray) -> dict:
    """Alpha over places: the first question that each had, the second …"""
    places = np.array([row[~np.isnan(row)] for row in marks])
    totals, k = places.sum(axis=1), places.shape[1]
    alpha = k / (k - 1) * (1 - places.var(axis=0, ddof=1).sum() / totals.var(ddof=1))
    return {
        "mean": totals.mean(),
        "deviation": totals.std(ddof=1),
        "alpha": alpha,
        "error": totals.std(ddof=1) * np.sqrt(1 - alpha),
    }


def rasch_pairs(marks: np.ndarray) -> np.ndarray:
    """Difficulties that maximise the likelihood of all pairs of which one was right."""
    right, wrong = marks == 1, marks == 0
    wins = np.array([[np.sum(right[:, i] & wrong[:, j]) for j in range(12)] for i in range(12)])

    def loss(level: np.ndarray) -> float:
        return float(np.sum(wins * np.logaddexp(0, level[:, None] - level[None, :])))

    def slope(level: np.ndarray) -> np.ndarray:
        chance = 1 / (1 + np.exp(level[None, :] - level[:, None]))
        return (wins * chance).sum(axis=1) - (wins * chance).sum(axis=0)

    return solved(loss, slope, 12)


def rasch_conditional() -> np.ndarray:
    """Difficulties of the five questions by going through all patterns of each number of right answers."""
    patterns = np.array(list(itertools.product((0, 1), repeat=5)), dtype=float)
    seen = np.array([[float(mark) for mark in pattern] for pattern in LSAT6])
    times = np.array(list(LSAT6.values()), dtype=float)
    alike = [patterns[patterns.sum(axis=1) == score] for score in seen.sum(axis=1)]

    def loss(level: np.ndarray) -> float:
        return float(
            sum(
                n * (row @ level + np.log(np.exp(-some @ level).sum()))
                for row, n, some in zip(seen, times, alike, strict=True)
            )
        )

    def slope(level: np.ndarray) -> np.ndarray:
        found = np.zeros(5)
        for row, n, some in zip(seen, times, alike, strict=True):
            ways = np.exp(-some @ level)
            found += n * (row - ways @ some / ways.sum())
        return found

    return solved(loss, slope, 5)


def solved(loss, slope, size: int) -> np.ndarray:
    """The minimum, polished by Newton's steps on a numerical Hessian, with mean zero."""
    level = minimize(loss, np.zeros(size), jac=slope, method="BFGS", options={"gtol": 1e-10}).x
    for _ in range(20):
        level -= level.mean()
        steps = np.eye(size) * 1e-6
        hessian = np.array([(slope(level + step) - slope(level - step)) / 2e-6 for step in steps])
        level = level - np.linalg.pinv(hessian, rcond=1e-7) @ slope(level)
    return level - level.mean()


def surplus(able: float, level: np.ndarray, score: float) -> float:
    """How many more right answers are expected of somebody so able than there were."""
    return float((1 / (1 + np.exp(level - able))).sum() - score)


def fit(marks: np.ndarray, level: np.ndarray) -> list[dict]:
    """Standard error, infit and outfit with each person's ability found by bisection."""
    chances = np.full(marks.shape, np.nan)
    for person, row in enumerate(marks):
        had = ~np.isnan(row)
        score = row[had].sum()
        if 0 < score < had.sum():
            able = brentq(surplus, -20, 20, args=(level[had], score), xtol=1e-13)
            chances[person, had] = 1 / (1 + np.exp(level[had] - able))
    information = chances * (1 - chances)
    squares = (marks - chances) ** 2
    return [
        {
            "error": 1 / np.sqrt(np.nansum(information[:, item])),
            "infit": np.nansum(squares[:, item]) / np.nansum(information[:, item]),
            "outfit": np.nanmean(squares[:, item] / information[:, item]),
        }
        for item in range(marks.shape[1])
    ]


def main() -> None:
    """Read, compute, write."""
    path = FOLDER / "attempts.csv"
    if not path.exists():
        make_attempts(path)
    rows = list(csv.reader(path.open(encoding="utf-8")))[1:]
    marks = marks_of(rows)
    level = rasch_pairs(marks)
    expected = {
        "keys": KEYS,
        "items": items(rows, marks),
        "reliability": reliability(marks),
        "rasch_pairs": level.tolist(),
        "fit": fit(marks, level),
        "rasch_lsat6": rasch_conditional().tolist(),
    }
    text = json.dumps(expected, indent=1, default=float)
    (FOLDER / "expected.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
