"""Imports that take longer than a page should: done by a worker, from the file that waits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import url_for

from question_bank.reading import read
from quiz.audit.actors import Actor
from quiz.bank import queries, service
from quiz.bank.decisions import loaded
from quiz.bank.errors import ImportRefused
from quiz.jobs.handlers import Progress
from quiz.web import uploads

IMPORT = "bank-import"


def run_import(params: Mapping[str, Any], progress: Progress, actor: Actor, now: datetime) -> dict[str, Any]:
    """Save a kept file as it was decided on its preview. Raises UploadGone, ImportRefused, BankBusy."""
    bank = queries.get_bank(params["slug"])
    kept = uploads.get_kept(params["token"], purpose=f"bank {bank.id}", staff_id=params["staff_id"], now=now)
    progress(0, None, "reading")
    report = read(kept.data, kept.name)
    outcome = service.import_questions(
        report,
        bank.slug,
        accept_partial=params["accept_partial"],
        approve=params["approve"],
        decisions=loaded(kept.notes),
        actor=actor,
        now=now,
        progress=lambda done, total: progress(done, total, "saving"),
    )
    if not outcome.is_saved:
        raise ImportRefused("import_refused")
    uploads.discard(kept.token)
    return {"saved": outcome.saved}


def page_of(params: Mapping[str, Any]) -> str:
    """Where the questions of an import stand."""
    return str(url_for("bank.bank", slug=params["slug"]))
