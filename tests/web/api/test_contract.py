"""Every documented address answers as its description says, and only documented ones exist."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from quiz.contests.definition_lists import ListDefinition
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.core.database import transaction
from quiz.simulation.service import simulate
from tests.support.citizen import open_contest
from tests.support.factories import KEYRING, make_contest, round_definition
from tests.support.lists import add_lists

_BASE = "urn:document"
_SAMPLES = {"slug": "dai-hoi", "number": "1", "code": "03646"}


@pytest.fixture
def document(app, client) -> dict[str, Any]:
    """The description, with a contest to ask about: 14 people, one round published, one draft."""
    open_contest(app)
    with app.app_context():
        contest = get_contest("dai-hoi")
        simulate(contest, 1, entrants=14, attempts=20, seed=3, now=clock.now(), keyring=KEYRING)
        combined = ListDefinition(number=1, name="Bảng chung", rounds=(1,))
        add_lists(contest.id, combined)
        make_contest("nhap", round_definition(), state=RoundState.DRAFT)
    found: dict[str, Any] = client.get("/api/v1/openapi.json").get_json()
    return found


def _validator(document: dict[str, Any], path: str, status: str) -> Draft202012Validator:
    reply = document["paths"][path]["get"]["responses"][status]
    (content,) = reply["content"].values()
    known = _absolute(document) | {"$schema": Draft202012Validator.META_SCHEMA["$id"]}
    registry = Registry().with_resource(_BASE, Resource.from_contents(known))
    return Draft202012Validator(_absolute(content["schema"]), registry=registry)


def _absolute(value: Any) -> Any:
    """References into the document, from wherever they stand."""
    if isinstance(value, dict):
        return {key: _BASE + one if key == "$ref" else _absolute(one) for key, one in value.items()}
    return [_absolute(one) for one in value] if isinstance(value, list) else value


def _address(path: str, **changed: str) -> str:
    return path.format(**(_SAMPLES | changed))


def test_every_documented_address_answers_as_described(document, client):
    walked = 0
    for path in document["paths"]:
        address = _address(path)
        reply = client.get(address)
        assert reply.status_code == 200, (address, reply.get_data(as_text=True))
        _validator(document, path, "200").validate(reply.get_json())
        assert set(reply.get_json()) == set(_names(document, path)), address
        walked += 1
    assert walked == 8


def _names(document: dict[str, Any], path: str) -> list[str]:
    """The fields of a reply: each is there, and no other."""
    content = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    name = content["schema"]["$ref"].rpartition("/")[2]
    return list(document["components"]["schemas"][name]["properties"])


def test_what_there_is_not_is_a_problem_as_described(document, client):
    for path in document["paths"]:
        for name, sample in {"slug": "khong-co", "number": "99", "code": "khong-co"}.items():
            if f"{{{name}}}" in path:
                reply = client.get(_address(path, **{name: sample}))
                assert (reply.status_code, reply.mimetype) == (404, "application/problem+json")
                _validator(document, path, "404").validate(reply.get_json())
    assert client.get("/api/v1/contests/nhap").status_code == 404


@pytest.mark.parametrize("query", ["page=0", "per_page=101", "page=x", f"page={10**9}"])
def test_a_query_that_cannot_be_meant(document, client, query):
    reply = client.get(f"/api/v1/contests?{query}")
    assert (reply.status_code, reply.mimetype) == (422, "application/problem+json")
    _validator(document, "/api/v1/contests", "422").validate(reply.get_json())


def test_only_documented_addresses_exist(document, app):
    served = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}
    api = {path for path in served if path.startswith("/api/")}
    assert api == set(document["paths"]) | {"/api/v1/", "/api/v1/openapi.json"}


def test_pages_follow_each_other_to_the_end(document, client):
    address, rows, pages = "/api/v1/contests/dai-hoi/rounds/1/units?per_page=1", [], 0
    while address:
        reply = client.get(address.removeprefix("http://localhost")).get_json()
        rows += [row["code"] for row in reply["rows"]]
        address, pages = reply["next"], pages + 1
    assert len(rows) == len(set(rows)) == pages == reply["total"] == 2


def test_programs_of_other_sites_may_ask_and_ask_again(document, client):
    address = "/api/v1/contests/dai-hoi/rounds/1/people"
    reply = client.get(address, headers={"Origin": "https://xa-muong-chien.example"})
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert reply.headers["Cache-Control"] == "public, max-age=10"
    assert "Set-Cookie" not in reply.headers
    again = client.get(address, headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    before = client.options(address, headers={"Access-Control-Request-Headers": "if-none-match"})
    assert "If-None-Match" in before.headers["Access-Control-Allow-Headers"]


def test_the_page_for_people(document, client):
    page = client.get("/api/v1/").get_data(as_text=True)
    assert "Giao diện lập trình" in page
    assert all(path in page for path in document["paths"])


def test_units_by_another_ranking_and_on_a_combined_list(document, client, app):
    rule = {"name": "Tháng", "formula": "attempts", "level": "xã, phường", "of_list": 1}
    with app.app_context(), transaction():
        get_contest("dai-hoi").collective_data = [{"name": "Vòng", "level": "xã, phường"}, rule]
    told = client.get("/api/v1/contests/dai-hoi").get_json()["collective"]
    assert [(one["number"], one["name"], one["list"]) for one in told] == [(1, "Vòng", None), (2, "Tháng", 1)]
    rounds = "/api/v1/contests/dai-hoi/rounds/1/units"
    assert client.get(rounds).get_json()["formula"] != client.get(f"{rounds}?rule=2").get_json()["formula"]
    assert client.get(f"{rounds}?rule=3").status_code == 404
    assert client.get(f"{rounds}?rule=0").status_code == 422
    board = client.get("/api/v1/contests/dai-hoi/lists/1/units").get_json()
    assert "bảng chung “Bảng chung”" in board["formula"]
    assert {row["code"] for row in board["rows"]} == {"03646", "03688"}
    assert client.get("/api/v1/contests/dai-hoi/lists/1/units?rule=1").status_code == 404
