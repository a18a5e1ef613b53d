"""The menu of a contest: every page of it is there, marked, named in a breadcrumb, with what waits."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from quiz.accounts.permissions import Role
from quiz.contests.phases import RoundState
from quiz.core.database import transaction
from quiz.organiser.contest_places import places
from quiz.vetting.models import Suspicion
from tests.support.access import ACCESS
from tests.support.factories import NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.staff import signed_in

# Files and what is read by scripts: nothing on which somebody could be.
_FILES = {
    "analysis.export",
    "awards.key_file",
    "awards.printed_certificates",
    "barred.sample",
    "organiser.audit_file",
    "rosters.template",
    "unit_numbers.template",
}
_LINK = re.compile(r'<a class="nav-link" href="([^"]+)"( aria-current="page")?>')


@pytest.fixture(autouse=True)
def _contest(app):
    with app.app_context():
        make_bank()
        make_contest(state=RoundState.FROZEN)


def test_every_address_of_a_contest_is_in_one_place_of_the_menu(app):
    """A new page needs a place in quiz/organiser/contest_places.py, its own or below another one."""
    held = Counter(endpoint for place in places() for endpoint in place.endpoints)
    asked = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/manage/c/<slug>/") and rule.endpoint not in _FILES
    }
    assert sorted(asked - set(held)) == []
    assert [endpoint for endpoint, count in held.items() if count > 1] == []
    assert sorted(set(held) - set(app.view_functions)) == []


def test_each_place_is_marked_once_and_has_a_breadcrumb(app, client):
    signed_in(client)
    overview = client.get("/manage/c/cuoc-thi/").text
    first = {url for url, _mark in _LINK.findall(overview) if url.startswith("/manage/c/cuoc-thi/")}
    seen = set()
    for url in first:
        seen |= {url for url, _mark in _LINK.findall(client.get(url).text)}
    pages = {url for url in seen if url.startswith("/manage/c/cuoc-thi/") and not url.endswith(".toml")}
    assert len(pages) > 20
    for url in pages:
        text = client.get(url).text
        marked = {link for link, mark in _LINK.findall(text) if mark}
        assert marked == {url}, url
        assert 'class="breadcrumb"' in text, url


def test_the_overview_leads_to_every_place_at_once(client):
    """Also with the menu folded away; pages that the round has no use for yet are left out."""
    signed_in(client)
    text = client.get("/manage/c/cuoc-thi/").text
    page = text[text.index("th-sitemap") :]
    for path in ("rounds", "entrants", "unit-numbers", "rounds/1/items", "rounds/1/awards", "edit", "audit"):
        assert f'href="/manage/c/cuoc-thi/{path}"' in page
    assert "/rounds/1/help" not in page  # nobody is working any more
    assert "/rounds/1/actual" in page  # fixed, with a prediction


def test_what_a_person_may_not_see_is_not_offered(client):
    signed_in(client, Role.AUDITOR)
    text = client.get("/manage/c/cuoc-thi/").text
    assert "/manage/c/cuoc-thi/entrants" in text
    for path in ("edit", "entry", "roster", "rounds/1/winners"):
        assert f'"/manage/c/cuoc-thi/{path}"' not in text
    assert client.get("/manage/c/cuoc-thi/rounds").status_code == 200


def test_what_waits_stands_at_its_place_and_at_its_group(app, client):
    with app.app_context():
        contest = make_contest("khac", round_definition(opens_at=NOW, closes_at=NOW + timedelta(days=3)))
        pair = [make_entry(contest, number).id for number in (1, 2)]
        _suspect(contest.id, *sorted(pair))
    signed_in(client)
    waiting = re.compile(r"<span>([^<]+)</span> <b class=\"n\"><span[^>]+>đang chờ: </span>(\d+)</b>")
    assert ("Người dự thi", "1") in waiting.findall(client.get("/manage/c/khac/").text)
    within = waiting.findall(client.get("/manage/c/khac/entrants").text)
    assert ("Nghi trùng", "1") in within
    assert ("Người dự thi", "1") not in within


def test_a_contest_that_is_not_there_has_no_menu(client):
    signed_in(client)
    assert client.get("/manage/c/khong-co/rounds").status_code == 404
    assert ACCESS["organiser.rounds"] == "see_contests"


def _suspect(contest_id: int, first: int, second: int) -> None:
    with transaction() as session:
        session.add(
            Suspicion(
                contest_id=contest_id,
                first_id=first,
                second_id=second,
                score=0.9,
                evidence=[["name", 0.5, []]],
                found_at=NOW,
            )
        )
