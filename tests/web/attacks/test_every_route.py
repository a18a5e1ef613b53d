"""The access ladder of every address × every role, from one table (tests/support/access.py)."""

import pytest
from flask import Flask
from werkzeug.routing import Rule

from quiz.accounts.permissions import PERMISSIONS, Permission, Role
from tests.support.access import ACCESS, Door
from tests.support.client import Client
from tests.support.staff import signed_in

_SAMPLES = {"ColumnConverter": 1}
_UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
# They lead to the sign-in page, because that is what they are for; tests/web/staff has them.
_AT_THE_DOOR = {"accounts.logout", "accounts.login_code", "accounts.end_sessions"}
_OWN_BROWSER = {"organiser.keep_tour"}  # a cookie, nothing else
_ASKS_FOR_MORE = {"bank.take_step"}  # says 403 once it has found its question and what is asked


def addresses(app: Flask) -> list[tuple[Rule, str, str]]:
    """Every rule with each of its methods and an address that fits it."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            converters = rule._converters.items()
            values = {name: _SAMPLES.get(type(one).__name__, "x") for name, one in converters}
            _, path = rule.build(values) or ("", "")
            found += [
                (rule, method, path) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
            ]
    return found


def ask(client: Client, method: str, path: str) -> tuple[int, str]:
    reply = client.open(path, method=method)
    reply.close()
    return reply.status_code, reply.location or ""


def is_sent_to_sign_in(reply: tuple[int, str]) -> bool:
    return reply[0] == 303 and reply[1].startswith("/login")


def test_every_address_has_its_line(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert endpoints - set(ACCESS) == set(), "say in tests/support/access.py who may ask for these"
    assert set(ACCESS) - endpoints == set(), "these are gone: take their line away"


def test_the_line_is_what_the_view_says(app: Flask) -> None:
    wrong = {
        endpoint: who
        for endpoint, who in ACCESS.items()
        if (who if isinstance(who, Permission) else None)
        is not getattr(app.view_functions[endpoint], "needs_permission", None)
    }
    assert not wrong


def test_nobody(app: Flask, client: Client) -> None:
    """Without a session: staff's addresses lead to the sign-in page, the others say what all may know."""
    wrong = []
    for rule, method, path in addresses(app):
        reply, who = ask(client, method, path), ACCESS[rule.endpoint]
        is_closed = isinstance(who, Permission) or who is Door.SIGNED_IN
        if rule.endpoint not in _AT_THE_DOOR and is_closed is not is_sent_to_sign_in(reply):
            wrong.append((method, path, reply))
        if reply[0] >= 500 or (who in (Door.ENTRANT, Door.LINK) and reply[0] == 200 and method != "GET"):
            wrong.append((method, path, reply))
    assert not wrong


@pytest.mark.parametrize("role", list(Role))
def test_a_role(app: Flask, client: Client, role: Role) -> None:
    """403 for what the role may not do, whatever the address names; never for what it may."""
    app.config["SHOW_ERROR_PAGES"] = True
    signed_in(client, role)
    wrong = []
    for rule, method, path in addresses(app):
        who = ACCESS[rule.endpoint]
        if rule.endpoint in _AT_THE_DOOR:
            continue
        reply = ask(client, method, path)
        if isinstance(who, Permission) and who not in PERMISSIONS[role]:
            is_right = reply[0] == 403
        else:
            is_right = reply[0] not in (403, 401) and reply[0] < 500 and not is_sent_to_sign_in(reply)
        if not is_right:
            wrong.append((method, path, reply))
    assert not wrong


def test_auditors_change_nothing(app: Flask) -> None:
    """Read-only: no unsafe method of a staff address is open to an auditor."""
    may = PERMISSIONS[Role.AUDITOR]
    open_to_them = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if (rule.methods or set()) & _UNSAFE and ACCESS[rule.endpoint] in may
    }
    assert open_to_them <= _ASKS_FOR_MORE | _OWN_BROWSER


def test_a_units_account_has_its_own_desk_alone(app: Flask) -> None:
    """The subtree is what that desk shows: tests/web/unitdesk."""
    may = PERMISSIONS[Role.UNIT_VIEWER]
    open_to_them = {endpoint for endpoint, who in ACCESS.items() if who in may}
    assert "unitdesk.home" in open_to_them
    assert not {endpoint for endpoint in open_to_them if not endpoint.startswith("unitdesk.")}


def test_a_refusal_is_logged_without_names(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    """ASVS 16.3.2: who may not, what, by number and role."""
    signed_in(client, Role.EDITOR)
    client.get("/manage/audit")
    client.post("/manage/banks", csrf=False)
    client.post("/manage/banks", headers={"Sec-Fetch-Site": "cross-site"})
    told = [record.getMessage() for record in caplog.records if record.getMessage().startswith("refused")]
    assert [one.split(":")[0] for one in told] == ["refused organiser.audit", *["refused bank.create"] * 2]
    assert "editor" in told[0]
