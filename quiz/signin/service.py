"""One-time codes: asked for, sent, typed. What a code costs is bounded for a person, a network and a day."""

import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.contests.definition_settings import TIMEZONE
from quiz.core.database import db, transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.signin import codes, queries
from quiz.signin.codes import Purpose
from quiz.signin.contacts import Channel, Contact
from quiz.signin.errors import CodeNotSent, CodeRefused, CodeWrong
from quiz.signin.messages import code_message
from quiz.signin.models import CodeDay, CodeRequest
from quiz.signin.senders import NotSent, Senders


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a code, and for what. `replaces` is the request that this browser made before."""

    purpose: Purpose
    contest_id: int | None
    network: str
    replaces: int | None = None


def contact_key(keyring: Keyring, contact: Contact) -> str:
    """The keyed hash by which contacts are compared, the same in all contests."""
    return keyring.blind_index("signin.contact", contact.text)


def day_of(now: datetime) -> date:
    """The day of a code's cost, on the clocks of Viet Nam."""
    return now.astimezone(ZoneInfo(TIMEZONE)).date()


def send_code(
    contact: Contact, asker: Asker, *, senders: Senders, site: str, now: datetime, keyring: Keyring
) -> int:
    """Send a new code and end the browser's former one; the request's number, for its session.

    A code goes to whoever owns the contact, known here or not: replies cannot tell. Raises CodeRefused, and
    CodeNotSent when the sender did not take it; then it counts for the day's budget but not for the contact.
    """
    code = f"{secrets.randbelow(10**codes.DIGITS):0{codes.DIGITS}}"
    request_id = _reserve(contact, asker, code, senders.budget, now=now, keyring=keyring)
    try:
        senders.send(contact, code_message(contact.channel, code, site))
    except NotSent as error:
        _note_failure(request_id, contact.channel, error, now=now)
        raise CodeNotSent(error.reason) from error
    return request_id


def _reserve(
    contact: Contact, asker: Asker, code: str, budget: int, *, now: datetime, keyring: Keyring
) -> int:
    """Take the code's place in the day before it is sent. Raises CodeRefused.

    The day's row is locked first, so that requests for one contact wait for each other on both databases.
    """
    day, request_id = day_of(now), new_id()
    known = _open_day(day)
    if known.spent_at is not None and known.sent >= budget:
        raise CodeRefused("codes_of_day")  # a flood costs one read each, and nobody waits for the row
    with transaction() as session:
        within = update(CodeDay).where(CodeDay.day == day, CodeDay.sent < budget)
        is_within = session.execute(within.values(sent=CodeDay.sent + 1)).rowcount == 1  # type: ignore[attr-defined]
        key = contact_key(keyring, contact)
        network_key = keyring.blind_index("signin.network", asker.network)
        # The contact's own limit speaks first: it says nothing that its owner does not know.
        if queries.count_for_contact(key, _midnight(day)) >= codes.PER_CONTACT:
            raise CodeRefused("codes_for_contact", most=codes.PER_CONTACT)
        if queries.count_from_network(network_key, now - codes.NETWORK_WINDOW) >= codes.PER_NETWORK:
            raise CodeRefused("codes_from_network")
        if is_within:
            _add_request(contact, asker, (key, network_key), code, request_id, now=now, keyring=keyring)
        _ring_alarm(day, budget, is_within=is_within, now=now)
    if not is_within:
        raise CodeRefused("codes_of_day")
    return request_id


def _add_request(
    contact: Contact,
    asker: Asker,
    keys: tuple[str, str],
    code: str,
    request_id: int,
    *,
    now: datetime,
    keyring: Keyring,
) -> None:
    """Store the request, end the browser's former one, forget what is old."""
    session = db.session()
    session.execute(delete(CodeRequest).where(CodeRequest.sent_at < now - codes.KEPT))
    if asker.replaces is not None:
        former = update(CodeRequest).where(CodeRequest.id == asker.replaces, CodeRequest.ended_at.is_(None))
        session.execute(former.values(ended_at=now))
    session.add(
        CodeRequest(
            id=request_id,
            purpose=asker.purpose.value,
            contest_id=asker.contest_id,
            channel=contact.channel.value,
            contact_key=keys[0],
            contact_cipher=keyring.encrypt("signin.contact", contact.value, str(request_id)),
            network_key=keys[1],
            code_key=_code_key(keyring, request_id, code),
            tries=0,
            sent_at=now,
            expires_at=now + codes.LIFE,
        )
    )


def prove(request_id: int, typed: str, *, now: datetime, keyring: Keyring) -> None:
    """Take a code that was typed. Raises CodeWrong: "code_wrong" (with `left`), or why it is over.

    The try is counted before it is compared: of any number of parallel tries five are heard.
    """
    with transaction() as session:
        counted = session.execute(
            update(CodeRequest)
            .where(
                CodeRequest.id == request_id,
                CodeRequest.tries < codes.TRIES,
                CodeRequest.ended_at.is_(None),
                CodeRequest.proved_at.is_(None),
                CodeRequest.expires_at > now,
            )
            .values(tries=CodeRequest.tries + 1)
        )
        is_heard = counted.rowcount == 1  # type: ignore[attr-defined]  # of an UPDATE
        request = queries.find_request(request_id)
        wanted = request.code_key if request else ""
        is_right = hmac.compare_digest(wanted, _code_key(keyring, request_id, typed)) and is_heard
        if request is not None and is_right:
            request.proved_at = now
        # Read here: after the commit it would be what others have tried since.
        left = codes.TRIES - request.tries if request else 0
        why = "" if is_heard else _ending(request, now)
    if is_right:
        return
    if why:
        raise CodeWrong(why)
    raise CodeWrong("code_wrong", left=left) if left else CodeWrong(codes.Ending.USED_UP.value)


def contact_of(request: CodeRequest, keyring: Keyring) -> Contact:
    """The contact that a code was sent to."""
    value = keyring.decrypt("signin.contact", request.contact_cipher, str(request.id))
    return Contact(Channel(request.channel), value)


def proven_contact(request: CodeRequest, *, now: datetime, keyring: Keyring) -> Contact | None:
    """The contact if its code was typed and the proof still counts."""
    if not codes.holds(request.proved_at, request.ended_at, now):
        return None
    return contact_of(request, keyring)


def end_request(request_id: int, *, now: datetime) -> None:
    """The proof has served: it lets nobody in any more."""
    with transaction() as session:
        session.execute(update(CodeRequest).where(CodeRequest.id == request_id).values(ended_at=now))


def forget_old(*, now: datetime) -> int:
    """What housekeeping does: old codes go, also when nobody asks for new ones; how many went."""
    with transaction() as session:
        gone = session.execute(delete(CodeRequest).where(CodeRequest.sent_at < now - codes.KEPT))
    return int(getattr(gone, "rowcount", 0))


def _ending(request: CodeRequest | None, now: datetime) -> str:
    if request is None:
        return codes.Ending.EXPIRED.value
    why = codes.ending(
        tries=request.tries,
        expires_at=request.expires_at,
        ended_at=request.ended_at,
        proved_at=request.proved_at,
        now=now,
    )
    return (why or codes.Ending.EXPIRED).value


def _code_key(keyring: Keyring, request_id: int, code: str) -> str:
    return keyring.blind_index("signin.code", f"{request_id}:{code}")


def _open_day(day: date) -> CodeDay:
    """The day's row as it stands, made at its first code."""
    row = queries.find_day(day)
    if row is None:
        with suppress(IntegrityError), transaction() as session:  # another request may have opened it
            session.add(CodeDay(day=day, sent=0, failed=0))
        row = queries.find_day(day)
    assert row is not None
    return row


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(TIMEZONE))


def _ring_alarm(day: date, budget: int, *, is_within: bool, now: datetime) -> None:
    """Tell the organisers once when the day's budget is nearly spent, and once when it is."""
    row = queries.find_day(day)
    if row is None:
        return
    figures = {"sent": row.sent, "budget": budget}
    if row.sent >= codes.alarms_at(budget) and row.alarmed_at is None:
        row.alarmed_at = now
        record(Action.CODES_NEARLY_SPENT, str(day), actor=Actor.system(), now=now, **figures)
    if not is_within and row.spent_at is None:
        row.spent_at = now
        record(Action.CODES_SPENT, str(day), actor=Actor.system(), now=now, **figures)


def _note_failure(request_id: int, channel: Channel, error: NotSent, *, now: datetime) -> None:
    """The message did not leave: said in the log without the contact, and not held against its owner."""
    with transaction() as session:
        session.execute(delete(CodeRequest).where(CodeRequest.id == request_id))
        session.execute(update(CodeDay).where(CodeDay.day == day_of(now)).values(failed=CodeDay.failed + 1))
        record(
            Action.CODE_NOT_SENT,
            channel.value,
            actor=Actor.system(),
            now=now,
            why=error.reason,
            detail=error.detail,
        )
