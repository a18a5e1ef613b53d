"""The job that sends what is due: it alone knows where people reach this installation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import current_app

from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.hooks import delivering
from quiz.jobs.handlers import Progress

_MOST_TURNS = 10  # then other jobs have their turn; housekeeping asks again for what is left


def run_sending(params: Mapping[str, Any], progress: Progress, actor: Actor, now: datetime) -> dict[str, Any]:
    """Send what is due, a handful at a time, until nothing is or others wait too long."""
    del params, actor
    settings, sent = current_app.config["SETTINGS"], 0
    for _turn in range(_MOST_TURNS):
        now = clock.now()
        count = delivering.send_due(settings.site_address, now=now, loopback_ok=not settings.is_production)
        if not count:
            break
        sent += count
        progress(sent, None, "sending")
    else:
        delivering.request_due(now=clock.now())
    return {"sent": sent}
