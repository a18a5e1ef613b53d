"""Proof of work in front of entering and starting, only where the rate says so.

The page solves the challenge by itself and sends on what was sent. A browser without scripts, or without the
browser's own cryptography, waits some seconds instead.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, current_app, json, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from quiz.core import clock
from quiz.limits.challenges import (
    FORM_FIELD,
    USUAL,
    WAIT_FIELD,
    Difficulty,
    Proof,
    find_proof,
    new_challenge,
    new_wait,
    wait_left,
    wait_proof,
)
from quiz.limits.deeds import Deed
from quiz.limits.paces import Pace, Thresholds, find_step, is_watched
from quiz.web.devices import device
from quiz.web.errors import problem, wants_json
from quiz.web.guards import keyring
from quiz.web.repeating import Again, carried

# From this step on the page says that it may take a while.
_LONG_FROM = 2


@dataclass(frozen=True, slots=True)
class ProofPage:
    """What the page needs: the challenge as JSON, and the ticket and seconds of those who wait instead."""

    challenge: str
    field: str
    wait_field: str
    wait_ticket: str
    wait_seconds: int
    is_long: bool
    again: Again


def step_now(deed: Deed, pace: Pace, is_known: Callable[[], bool]) -> int | None:
    """How hard a proof the pace of this browser and network asks for now; None: none."""
    settings = current_app.config["SETTINGS"].limits
    if settings.challenge == "off":
        return None
    thresholds = Thresholds(settings.challenge_from, settings.challenge_harder_from)
    step = find_step(deed, pace, thresholds, is_known=False)
    if step and is_known():
        step = find_step(deed, pace, thresholds, is_known=True)
    if step is None and settings.challenge == "always" and is_watched(deed):
        return 0
    return step


def ask_for_proof(deed: Deed, step: int, count: Callable[[Deed], Pace]) -> Response | None:
    """None if the form carries a fresh proof, which is used up by this; else the page that makes one."""
    purpose, now = f"{deed}|{request.path}|{device()}", clock.now()
    proof = find_proof(keyring(), request.form.get(FORM_FIELD, ""), purpose, now=now)
    if proof is not None and _spend(proof):
        return None
    ticket = request.form.get(WAIT_FIELD, "")
    left = wait_left(keyring(), ticket, purpose, now=now)
    if left is not None and not left:
        count(Deed.WAITED)
        if _spend(wait_proof(keyring(), ticket)):
            return None
        left = None
    if left is None:
        ticket = new_wait(keyring(), purpose, now=now, step=step)
        left = wait_left(keyring(), ticket, purpose, now=now)
        assert left is not None
    return _page(purpose, step, ticket, math.ceil(left.total_seconds()))


def _spend(proof: Proof) -> bool:
    """Where used-up proofs cannot be remembered, a proof is still a proof."""
    try:
        return bool(current_app.extensions["counters"].spend(proof.key, until=proof.until))
    except SQLAlchemyError:
        return True


def _page(purpose: str, step: int, ticket: str, seconds: int) -> Response:
    if wants_json():
        return problem(428, "proof_needed", _("Cần mở trang này bằng trình duyệt."))
    difficulty: Difficulty = current_app.config.get("DIFFICULTY", USUAL)
    challenge = new_challenge(keyring(), purpose, now=clock.now(), difficulty=difficulty.at(step))
    page = ProofPage(
        challenge=json.dumps(challenge, separators=(",", ":")),
        field=FORM_FIELD,
        wait_field=WAIT_FIELD,
        wait_ticket=ticket,
        wait_seconds=seconds,
        is_long=step >= _LONG_FROM,
        again=Again(request.path, is_post=True, fields=carried()),
    )
    return current_app.make_response(render_template("web/proof.html", page=page))
