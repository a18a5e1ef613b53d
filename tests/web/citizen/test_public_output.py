"""DOMAIN acceptance 11: no public page holds digits of a phone or an identity number, or a birth date.

Every address of the application is asked for, by a stranger and by another entrant, while a round is open
and after its results are official.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import pytest
from flask import Flask
from pypdf import PdfReader
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from quiz.attempts import queries as attempts
from quiz.contests.definition import Prize
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.database import transaction
from quiz.core.redaction import personal_in
from quiz.entries.queries import browse_entries
from quiz.entries.representatives import Representative
from quiz.standings.service import freeze_round
from tests.support import canary
from tests.support.citizen import enter
from tests.support.client import Client
from tests.support.databases import KINDS
from tests.support.factories import KEYRING, make_entry
from tests.support.sittings import fixed_contest, sit

pytestmark = pytest.mark.parametrize("app", KINDS, indirect=True)
SLUG = "dai-hoi"
TAIL = canary.PHONE[-3:]
QUERIES = ("", f"?q={TAIL}", "?round=1", f"?round=1&q={TAIL}&page=1")
CHILD = "Giàng A Páo Chạ"
MOTHER = Representative("Mùa Thị Canh Giữ", "+84977111222")


@dataclass(frozen=True)
class Planted:
    """What belongs to the canary, for addresses."""

    entry_id: int
    code: str
    receipt: str


def plant(state: RoundState) -> Planted:
    """The canary and a child win; the canary never agreed to be published, nor did anybody for the child."""
    now = clock.now()
    closes = now + timedelta(days=1 if state is RoundState.READY else -1)
    contest = fixed_contest(
        SLUG,
        opens_at=now - timedelta(days=3),
        closes_at=closes,
        prizes=(Prize("Giải Nhất"), Prize("Giải Nhì")),
    )
    won = make_entry(
        contest,
        9,
        name=canary.NAME,
        phone=canary.PHONE,
        birth_date=canary.BORN,
        national_id=canary.NATIONAL_ID,
        may_publish=False,
    )
    attempt = sit(contest, won.id, (2, 3, 4, 1), now=now - timedelta(days=2))
    child = make_entry(
        contest, 8, name=CHILD, birth_date=date(now.year - 13, 3, 5), may_publish=False, representative=MOTHER
    )
    sit(contest, child.id, (2, 3, 4, 2), now=now - timedelta(days=2))
    sit(contest, make_entry(contest, 7).id, (2, 1, 1, 1), now=now - timedelta(days=2))
    if state is RoundState.PUBLISHED:
        publish(contest)
    found = attempts.get_attempt(attempt.code)
    return Planted(won.id, found.code, found.receipt or "")


def publish(contest: Contest) -> None:
    """Make the round's results official."""
    with transaction():
        freeze_round(contest, 1, now=clock.now(), keyring=KEYRING)
        round_ = get_round(contest, 1)
        round_.state, round_.state_since = RoundState.PUBLISHED.value, clock.now()


def addresses(app: Flask, planted: Planted) -> Iterator[str]:
    """Every address that can be asked with GET, about what the canary has."""
    known = {
        "slug": SLUG,
        "number": 1,
        "code": "03646",
        "entry_id": planted.entry_id,
        "round_number": 1,
        "path": "x",
    }
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and rule.endpoint != "static":
            given = dict(known)
            if rule.rule.startswith("/attempts"):
                given["code"] = planted.code
            yield address(app, rule, given)
    yield f"/receipts?code={planted.receipt}"


def address(app: Flask, rule: Rule, given: dict[str, object]) -> str:
    """The rule with these values, and something harmless for others."""
    values = {
        name: given.get(name, 1 if "Column" in type(converter).__name__ else "x")
        for name, converter in rule._converters.items()
    }
    with app.test_request_context():
        built = rule.build(values)
    assert built is not None, rule
    return str(built[1])


def text_of(reply: TestResponse) -> str:
    """What can be read in a reply; of a picture nothing."""
    if reply.mimetype == "image/png":
        return ""
    if reply.mimetype == "application/pdf":
        return words_of_pdf(reply.get_data())
    return reply.get_data(as_text=True)


@lru_cache
def words_of_pdf(data: bytes) -> str:
    """The text of a PDF. Reading one takes a second, and a query seldom changes the file."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def leaks(reply: TestResponse) -> list[str]:
    """The canary's traces and any phone, number or mail address in the reply or its headers.

    What a picture says in pixels: tests/web/screens/test_cards.py.
    """
    words = text_of(reply) + "\n" + str(reply.headers)
    return (
        canary.found_in(words)
        + personal_in(words)
        + [name for name in (CHILD, "Chạ", "Canh Giữ") if name in words]
    )


@pytest.mark.parametrize("state", [RoundState.READY, RoundState.PUBLISHED])
@pytest.mark.parametrize("who", ["stranger", "entrant"])
def test_no_address_tells_who_somebody_is(app: Flask, client: Client, state: RoundState, who: str) -> None:
    with app.app_context():
        planted = plant(state)
    if who == "entrant" and state is RoundState.READY:
        enter(client, SLUG, phone="0356 111 222", name="Cầm Văn Dũng")
    own = {"0356111222", "+84356111222"}
    asked, found = 0, {}
    for path in sorted(set(addresses(app, planted))):
        for query in QUERIES if "?" not in path else ("",):
            reply = client.get(path + query)
            asked += 1
            assert reply.status_code < 500, path + query
            if leaked := [one for one in leaks(reply) if one.replace(" ", "") not in own]:
                found[path + query] = leaked
    assert not found
    assert asked > 100


def test_the_board_shows_exactly_what_is_allowed(app: Flask, client: Client) -> None:
    """Masked name and tail of an adult, initials of a child and no tail, though both won."""
    with app.app_context():
        plant(RoundState.PUBLISHED)
    page = client.get(f"/c/{SLUG}/standings").text
    assert "Quàng Thị Hoàng Y•••" in page
    assert "G. A. P. C." in page
    assert "09•• ••• 007" in page  # beside a prize stands the prize
    assert "09•• ••• 008" not in page


def test_who_agreed_and_won_is_named(app: Flask, client: Client) -> None:
    with app.app_context():
        plant(RoundState.PUBLISHED)
        with transaction():
            contest = get_contest(SLUG)
            for entry in browse_entries(contest.id).rows:
                entry.may_publish = True
    page = client.get(f"/c/{SLUG}/standings").text
    assert canary.NAME in page
    assert not [trace for trace in canary.found_in(page) if trace[:1].isdigit() or trace[:1] == "+"]
