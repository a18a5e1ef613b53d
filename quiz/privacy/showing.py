"""From what is kept about a person to the page of one's own data, and to the file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from quiz.complaints.models import Complaint
from quiz.contests.pages import contact_of
from quiz.core.genders import Gender
from quiz.core.national_ids import mask_national_id
from quiz.core.phones import mask_phone, national_form, spaced_form
from quiz.entries.labels import GENDERS
from quiz.privacy.kinds import Kind, State
from quiz.privacy.labels import FURTHER, KINDS, STATES
from quiz.privacy.models import DataRequest
from quiz.privacy.own_data import Identity, OwnData, Sitting
from quiz.privacy.pages import Facts, LookLine, OwnPart, RequestLine
from quiz.vetting.models import Ruling
from quiz.web.filters import day

_HIDDEN = "•••"


def own_part(data: OwnData, *, is_clear: bool) -> OwnPart:
    """One contest of the page; without `is_clear` with masks, for whoever holds the phone."""
    contest, entry = data.contest, data.entry
    return OwnPart(
        slug=contest.slug,
        title=contest.settings.title,
        contact=contact_of(contest),
        name=entry.name,
        is_erased=entry.is_erased,
        is_clear=is_clear,
        asks_birth_date=entry.birth_date is not None,
        facts=identity_facts(data.identity, unit=data.unit, is_clear=is_clear),
        consent_version=entry.consent_version,
        consented_at=entry.consented_at,
        may_publish=entry.may_publish,
        consent_words=data.consents[0][1] if data.consents else "",
        months=contest.entry.retention_months,
        forget_on=data.forget_on,
        sittings=data.sittings,
        places=data.places,
        requests=tuple(_request(contest.slug, one) for one in data.requests),
        looks=tuple(LookLine(one.at, one.kind == "export", one.reason) for one in data.disclosures),
    )


def identity_facts(identity: Identity, *, unit: str | None, is_clear: bool) -> Facts:
    """Who somebody is in lines of label and value; only those that are there."""
    born, phone, number = identity.birth_date, identity.phone, identity.national_id
    lines: list[tuple[str, str | None]] = [
        (_("Họ và tên"), identity.name),
        (_("Ngày sinh"), (day(born) if is_clear else f"••/••/{born.year}") if born else None),
        (_("Số điện thoại"), (spaced_form(phone) if is_clear else mask_phone(phone)) if phone else None),
        (_("Số căn cước"), (number if is_clear else mask_national_id(number)) if number else None),
        (_("Đơn vị"), unit),
    ]
    for name, value in identity.further.items():
        lines += _further(name, value, is_clear=is_clear)
    return tuple((label, value) for label, value in lines if value)


def _further(name: str, value: Any, *, is_clear: bool) -> list[tuple[str, str | None]]:
    """A further field; the representative of a child has a name and a phone."""
    if isinstance(value, Mapping):
        phone = str(value.get("phone") or "")
        shown = (spaced_form(phone) if is_clear else mask_phone(phone)) if phone else ""
        who = str(value.get("name") or "") if is_clear else _HIDDEN
        return [(_("Người đại diện"), ", ".join(part for part in (who, shown) if part))]
    if not value:
        return []
    if name == "gender":
        value = GENDERS[Gender(value)]
    return [(str(FURTHER.get(name, name)), str(value) if is_clear else _HIDDEN)]


def _request(slug: str, asked: DataRequest) -> RequestLine:
    is_waiting = asked.state == State.WAITING.value
    return RequestLine(
        what=str(KINDS[Kind(asked.kind)]),
        state=str(STATES[State(asked.state)]),
        asked_at=asked.asked_at,
        answer_by=asked.answer_by,
        done_by=asked.done_by,
        answered_at=asked.answered_at,
        closed_at=asked.closed_at,
        answer=asked.answer,
        back_url=url_for("privacy.take_back", slug=slug, request_id=asked.id) if is_waiting else "",
    )


def as_file(data: OwnData, now: datetime) -> dict[str, Any]:
    """All of it as JSON values, named in plain English; times in UTC."""
    entry, who = data.entry, data.identity
    return {
        "contest": {"slug": data.contest.slug, "title": data.contest.settings.title},
        "made_at": now.isoformat(),
        "person": {
            "name": who.name,
            "birth_date": who.birth_date.isoformat() if who.birth_date else None,
            "phone": national_form(who.phone) if who.phone else None,
            "national_id": who.national_id,
            "unit": data.unit,
            "category": entry.category,
            **who.further,
        },
        "registered_at": entry.registered_at.isoformat(),
        "consent": {
            "version": entry.consent_version,
            "given_at": entry.consented_at.isoformat(),
            "may_publish": entry.may_publish,
        },
        "consents_given": [
            {"version": one.version, "at": one.at.isoformat(), "words": words, "may_publish": one.may_publish}
            for one, words in data.consents
        ],
        "attempts": [_sitting(one) for one in data.sittings],
        "official_results": [
            {"round": one.round_name, "correct": one.correct, "rank": one.rank} for one in data.places
        ],
        "decisions": [_decision(one) for one in data.rulings],
        "complaints": [_complaint(one) for one in data.complaints],
        "requests": [
            {"kind": one.kind, "state": one.state, "asked_at": one.asked_at.isoformat(), "answer": one.answer}
            for one in data.requests
        ],
        "shown_unmasked": [
            {"at": one.at.isoformat(), "as": one.kind, "reason": one.reason} for one in data.disclosures
        ],
    }


def _complaint(one: Complaint) -> dict[str, Any]:
    return {
        "number": one.number,
        "made_at": one.made_at.isoformat(),
        "words": one.words,
        "verdict": one.verdict,
        "answer": one.answer,
    }


def _sitting(one: Sitting) -> dict[str, Any]:
    return {
        "round": one.round_name,
        "number": one.number,
        "started_at": one.started_at.isoformat(),
        "submitted_at": one.submitted_at.isoformat() if one.submitted_at else None,
        "questions": one.questions,
        "answers": {place: list(chosen) for place, chosen in one.answers.items()},
        "prediction": one.prediction,
        "correct": one.correct,
        "duration_ms": one.duration_ms,
        "receipt": one.receipt,
        "given_back": one.is_given_back,
        "annulled": one.annulled,
    }


def _decision(ruling: Ruling) -> dict[str, Any]:
    """How the entry was set aside, as the person may know it: the organisers' own note is about the check."""
    return {
        "kind": ruling.kind,
        "category": ruling.category,
        "at": ruling.ruled_at.isoformat(),
        "undone_at": ruling.undone_at.isoformat() if ruling.undone_at else None,
        "appeal": ruling.appeal,
        "answer": ruling.answer,
    }
