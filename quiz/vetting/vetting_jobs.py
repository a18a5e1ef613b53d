"""The job that compares a contest's entries: it needs the installation's keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quiz.audit.actors import Actor
from quiz.contests.queries import get_contest_by_id
from quiz.jobs.handlers import Progress
from quiz.vetting.comparing import compare_entries
from quiz.web.guards import keyring


def run_comparison(
    params: Mapping[str, Any], progress: Progress, _actor: Actor, now: datetime
) -> dict[str, Any]:
    """The job "vetting.entries"."""
    contest = get_contest_by_id(params["contest_id"])
    done = compare_entries(contest, keyring=keyring(), now=now, progress=progress)
    return {"entrants": done.entrants, "pairs": done.pairs}
