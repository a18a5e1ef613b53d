"""Whether a person may start an attempt, which one is running, and how many are left. Nothing here writes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from quiz.attempts import queries
from quiz.attempts.admitting import NOT_QUALIFIED, why_not_admitted
from quiz.attempts.errors import StartRefused
from quiz.attempts.models import Attempt
from quiz.attempts.receipts import receipt
from quiz.attempts.timing import remaining_ms
from quiz.contests import queries as contests
from quiz.contests.definition_rounds import Per
from quiz.contests.models import Contest, Round
from quiz.contests.phases import RoundState
from quiz.core.secrets import Keyring
from quiz.entries import limits
from quiz.entries.models import Entry
from quiz.limits.errors import TooSoon

CONSENT_OUTDATED = "consent_outdated"  # the code of a refusal that ends at the page of agreeing anew


def is_paused(round_: Round, attempt: Attempt) -> bool:
    """Whether the attempt's clock stands still because its round was paused before the deadline."""
    return round_.state == RoundState.PAUSED.value and attempt.deadline_at >= round_.state_since


def attempts_left(past: Sequence[Attempt], contest: Contest, round_: Round, now: datetime) -> int | None:
    """How many attempts the person may still start in the present span, None without a limit."""
    rule = round_.settings.attempts
    if rule.limit is None:
        return None
    return max(0, rule.limit - used_attempts(past, round_, contest.settings.timezone, now))


def why_not(contest: Contest, round_: Round, entry: Entry, now: datetime) -> str | None:
    """The code of the refusal that a start would meet now, None if it would begin or resume an attempt."""
    past = queries.list_attempts(contest.id, entry.id)
    if running_attempt(past, round_, now) is not None:
        return None
    try:
        refuse_if_not_allowed(
            entry, round_, past, contest.settings.timezone, now, consent=contest.entry.consent_version
        )
    except StartRefused as error:
        return error.code
    return None


def receipt_of(attempt: Attempt, keyring: Keyring) -> str:
    """The receipt of an attempt that is over, also before housekeeping has closed it."""
    if attempt.receipt is not None:
        return attempt.receipt
    return receipt(
        keyring,
        contest_id=attempt.contest_id,
        attempt_id=attempt.id,
        answers=attempt.answers,
        prediction=attempt.prediction,
        submitted_at=attempt.submitted_at or attempt.deadline_at,
    )


def running_attempt(past: Sequence[Attempt], round_: Round, now: datetime) -> Attempt | None:
    """The attempt of this round that can still be worked on, or None."""
    for attempt in past:
        is_open = attempt.closed_at is None and attempt.round_number == round_.number
        if is_open and (remaining_ms(attempt.deadline_at, now) > 0 or is_paused(round_, attempt)):
            return attempt
    return None


def used_attempts(past: Sequence[Attempt], round_: Round, zone: str, now: datetime) -> int:
    """How many of the person's attempts count against the round's limit now."""
    # What was given back is no used attempt; what was annulled is.
    used = (one for one in past if one.voided_at is None or one.annulment_id is not None)
    starts = [(one.round_number, one.started_at) for one in used]
    rule = round_.settings.attempts
    if rule.per is not Per.ROUND and any(number != round_.number for number, _at in starts):
        practice = contests.practice_numbers(round_.contest_id)
        starts = [start for start in starts if start[0] not in practice]
    return limits.count_used(starts, rule, round_.number, now, zone)


def refuse_if_not_allowed(
    entry: Entry,
    round_: Round,
    past: Sequence[Attempt],
    zone: str,
    now: datetime,
    spacing: timedelta = timedelta(0),
    *,
    consent: str,
) -> None:
    """Raise StartRefused if this person may not start an attempt of the round now.

    Raises TooSoon while the one before began less than `spacing` ago: nobody leafs through the bank.
    `consent` is the version of the words: whoever agreed to older ones is asked again first.
    """
    if entry.status != "active":
        raise StartRefused("entry_merged" if entry.status == "merged" else "disqualified")
    if entry.consent_version != consent:
        raise StartRefused(CONSENT_OUTDATED)
    outside = why_not_admitted(round_, entry.id)
    if outside == NOT_QUALIFIED:
        raise StartRefused(outside)
    refusal = limits.refusal(
        round_.window,
        used=used_attempts(past, round_, zone, now),
        allowed=round_.settings.attempts.limit,
        now=now,
    )
    if refusal is not None:
        raise StartRefused(refusal.value)
    if outside is not None:
        raise StartRefused(outside)
    begun = [one.started_at for one in past if one.round_number == round_.number and one.voided_at is None]
    seconds = limits.seconds_to_wait(begun, spacing, now)
    if seconds:
        raise TooSoon(seconds)
