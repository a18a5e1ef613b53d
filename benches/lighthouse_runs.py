"""Lighthouse itself: one run of one page, and what of its report counts."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from quiz.core.settings import ROOT
from tests.support.browser import FLAGS

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_TIMES = {
    "largest-contentful-paint": "lcp",
    "cumulative-layout-shift": "shift",
    "total-blocking-time": "blocked",
}
_SECONDS = 180


@dataclass(frozen=True, slots=True)
class Visited:
    """What one run found. Scores are 0 to 100; `faults` names the audits that cost points."""

    scores: Mapping[str, float]
    times: Mapping[str, float]
    kilobytes: float
    requests: int
    faults: tuple[str, ...]


class Lighthouse:
    """The program, found or installed once, and where its reports go."""

    def __init__(self, chromium: str, reports: Path) -> None:
        done = subprocess.run(
            [ROOT / "scripts" / "need-lighthouse.sh"], stdout=subprocess.PIPE, text=True, check=True
        )
        self._command = done.stdout.strip().splitlines()
        self._chromium = chromium
        self._reports = reports
        reports.mkdir(parents=True, exist_ok=True)

    def visit(self, url: str, name: str, *, cookie: str = "", skipped: Sequence[str] = ()) -> Visited:
        """One run from a cold start as the mobile profile has it. Raises where it broke off."""
        path = self._reports / f"{name}.json"
        words = [url, "--quiet", "--output=json", f"--output-path={path}"]
        words.append(f"--chrome-flags=--headless=new {' '.join(FLAGS)}")
        if cookie:
            words.append("--extra-headers=" + json.dumps({"Cookie": cookie}))
        if skipped:
            words.append("--skip-audits=" + ",".join(skipped))
        done = subprocess.run(
            [*self._command, *words],
            env={**os.environ, "CHROME_PATH": self._chromium},
            check=False,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
        )
        if done.returncode:
            raise RuntimeError(f"Lighthouse broke off at {url}:\n{done.stderr[-2000:]}")
        return read_report(json.loads(path.read_text(encoding="utf-8")))


def read_report(report: Mapping[str, Any]) -> Visited:
    """What counts of a report. Raises ValueError where the page itself did not load."""
    if error := report.get("runtimeError"):
        raise ValueError(f"{report['requestedUrl']}: {error['message']}")
    audits = report["audits"]
    items = audits["network-requests"]["details"]["items"]
    asked = [one for one in items if _is_the_pages(one)]
    faults = [
        reference["id"]
        for category in report["categories"].values()
        for reference in category["auditRefs"]
        if reference["weight"] and audits[reference["id"]]["score"] not in (None, 1)
    ]
    return Visited(
        scores={name: round(100 * (report["categories"][name]["score"] or 0), 1) for name in CATEGORIES},
        times={ours: audits[theirs]["numericValue"] for theirs, ours in _TIMES.items()},
        kilobytes=sum(one.get("transferSize", 0) for one in items) / 1024,
        requests=len(asked),
        faults=tuple(dict.fromkeys(faults)),
    )


def _is_the_pages(one: Mapping[str, Any]) -> bool:
    """What the page itself waits for over the line.

    Not pictures within style sheets or further down (questions, QR), which come after the page; not what the
    browser's own cache holds; not the manifest and its icon, which browsers fetch when all else is there.
    """
    is_picture = one.get("resourceType") == "Image" and "/static/" not in one["url"]
    is_for_installing = one.get("resourceType") == "Manifest" or "/static/img/icon-" in one["url"]
    comes = one["url"].startswith("http") and one.get("transferSize", 0) > 0
    return comes and not is_picture and not is_for_installing


def middle(runs: Sequence[Visited]) -> Visited:
    """The median of each figure, and every fault that more than half of the runs found."""
    faults = dict.fromkeys(fault for run in runs for fault in run.faults)
    return Visited(
        scores={name: median(run.scores[name] for run in runs) for name in CATEGORIES},
        times={name: median(run.times[name] for run in runs) for name in _TIMES.values()},
        kilobytes=median(run.kilobytes for run in runs),
        requests=round(median(run.requests for run in runs)),
        faults=tuple(one for one in faults if sum(one in run.faults for run in runs) > len(runs) / 2),
    )
