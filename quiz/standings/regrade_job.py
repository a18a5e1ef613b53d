"""The job that corrects a key in a large round."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from quiz.audit.actors import Actor
from quiz.contests.models import load_corrections
from quiz.contests.queries import get_contest_by_id
from quiz.jobs.handlers import Progress
from quiz.standings.key_requests import approve_correction
from quiz.standings.regrading import correct_key

KIND = "standings.regrade"


def run_regrade(params: Mapping[str, Any], progress: Progress, actor: Actor, now: datetime) -> dict[str, Any]:
    """Correct the key that the params name; the figures of what changed."""
    progress(0, None, "counting")
    contest = get_contest_by_id(params["contest_id"])
    if (approval_id := params.get("approval_id")) is not None:
        approved = approve_correction(contest, int(approval_id), actor=actor, now=now)
        return dict(approved.figures)
    revision_id = int(params["revision_id"])
    change = correct_key(
        contest,
        params["number"],
        revision_id,
        load_corrections({str(revision_id): params["correction"]})[revision_id],
        reason=params["reason"],
        notice=params["notice"],
        actor=actor,
        now=now,
    )
    return dict(change.figures)
