"""Masks at the desks: no page of the workspace holds a whole phone or identity number unasked."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from quiz.accounts.permissions import Role
from quiz.contests.definition import Prize
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_round
from quiz.core.database import transaction
from quiz.core.redaction import personal_in
from quiz.privacy import service
from quiz.privacy.kinds import Kind
from tests.support import canary
from tests.support.client import Client
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import fixed_contest, sit
from tests.support.staff import signed_in

SLUG = "cuoc-thi"


@pytest.fixture
def entry_id(app: Flask) -> int:
    """The canary has won, and asked for a correction with another canary number."""
    with app.app_context():
        contest = fixed_contest(prizes=(Prize("Giải Nhất"),))
        entry = make_entry(
            contest,
            9,
            name=canary.NAME,
            phone=canary.PHONE,
            birth_date=canary.BORN,
            national_id=canary.NATIONAL_ID,
        )
        sit(contest, entry.id, (2, 3, 4, 1))
        service.ask(contest, entry.id, Kind.CORRECT, wish={"phone": canary.PHONE}, now=NOW, keyring=KEYRING)
        with transaction():
            get_round(contest, 1).state = RoundState.FROZEN.value
        return entry.id


def desk_addresses(app: Flask, entry_id: int) -> Iterator[str]:
    """Every address of the workspace that can be asked with GET, about the canary."""
    known = {"slug": SLUG, "number": 1, "entry_id": entry_id, "code": "03646"}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.rule.startswith(("/manage", "/unit")):
            yield _built(app, rule, known)
    yield f"/manage/c/{SLUG}/entrants?q={canary.PHONE[-3:]}"
    yield f"/manage/c/{SLUG}/entrants?q=hoang+yen"


def _built(app: Flask, rule: Rule, known: dict[str, object]) -> str:
    values = {
        name: known.get(name, 1 if "Column" in type(converter).__name__ else "x")
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        built = rule.build(values)
    assert built is not None, rule
    return str(built[1])


@pytest.mark.parametrize("role", [Role.OWNER, Role.ORGANISER, Role.AUDITOR, Role.UNIT_VIEWER])
def test_whole_numbers_stand_on_no_page(app: Flask, client: Client, entry_id: int, role: Role) -> None:
    signed_in(client, role)
    found = {}
    for path in sorted(set(desk_addresses(app, entry_id))):
        reply = client.get(path)
        assert reply.status_code < 500, path
        words = reply.get_data().decode("utf-8", "replace")
        if leaked := personal_in(words) + [one for one in canary.found_in(words) if one[:1] in "+0123456789"]:
            found[path] = [one for one in leaked if one not in _ALLOWED]
    assert {path: leaked for path, leaked in found.items() if leaked} == {}


# Organisers see birth dates in their lists; the pages' own examples are nobody's.
_ALLOWED = {
    *(canary.BORN.isoformat(), "27/03/1962", "27/3/1962", "27-03-1962"),
    *("0912 345 678", "0987 654 321", "huong@example.com"),
}
