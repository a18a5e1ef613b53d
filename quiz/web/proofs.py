"""Proof of work in front of entering and starting, only where the rate says so.

The page solves the challenge by itself and sends on what was sent. A browser without scripts, or without the
browser's own cryptography, waits some seconds instead.
"""

import math
from collections.abc import Callable, Mapping
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
from quiz.limits.deeds import LIMITS, Deed
from quiz.web.devices import device
from quiz.web.errors import problem, wants_json
from quiz.web.guards import keyring
from quiz.web.repeating import Again, carried

# Presses within the window: of the network (True) and of the person (False).
Pace = Mapping[bool, float]


@dataclass(frozen=True, slots=True)
class ProofPage:
    """What the page needs: the challenge as JSON, and the ticket and seconds of those who wait instead."""

    challenge: str
    field: str
    wait_field: str
    wait_ticket: str
    wait_seconds: int
    again: Again


def needs_proof(deed: Deed, pace: Pace) -> bool:
    """Whether the pace of this person or network asks for a proof of work now."""
    limit, settings = LIMITS[deed], current_app.config["SETTINGS"].limits
    if limit.unasked is None or settings.challenge == "off":
        return False
    if settings.challenge == "always":
        return True
    return pace.get(True, 0) > settings.challenge_from or pace.get(False, 0) > limit.unasked


def ask_for_proof(deed: Deed, count: Callable[[Deed], Pace]) -> Response | None:
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
        ticket = new_wait(keyring(), purpose, now=now)
        left = wait_left(keyring(), ticket, purpose, now=now)
        assert left is not None
    return _page(purpose, ticket, math.ceil(left.total_seconds()))


def _spend(proof: Proof) -> bool:
    """Where used-up proofs cannot be remembered, a proof is still a proof."""
    try:
        return bool(current_app.extensions["counters"].spend(proof.key, until=proof.until))
    except SQLAlchemyError:
        return True


def _page(purpose: str, ticket: str, seconds: int) -> Response:
    if wants_json():
        return problem(428, "proof_needed", _("Cần mở trang này bằng trình duyệt."))
    difficulty: Difficulty = current_app.config.get("DIFFICULTY", USUAL)
    challenge = new_challenge(keyring(), purpose, now=clock.now(), difficulty=difficulty)
    page = ProofPage(
        challenge=json.dumps(challenge, separators=(",", ":")),
        field=FORM_FIELD,
        wait_field=WAIT_FIELD,
        wait_ticket=ticket,
        wait_seconds=seconds,
        again=Again(request.path, is_post=True, fields=carried()),
    )
    return current_app.make_response(render_template("web/proof.html", page=page))
