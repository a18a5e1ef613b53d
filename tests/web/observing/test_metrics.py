"""/metrics: who may read it, what it counts, what it reads; and that a scrape that fails is seen."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from quiz.app import create_app
from quiz.core.database import db
from quiz.core.settings import UnsafeSettings, load_settings
from quiz.observing import gauges
from tests.support.citizen import enter, open_contest, revision_of, start
from tests.support.client import Client
from tests.support.statements import counted

_TOKEN = "a token for the tests, 0123"


@pytest.fixture
def behind(app: Flask, databases) -> Iterator[Flask]:
    """In front of the same database, behind one proxy, with hosts, a token and a network that may read."""
    given = databases.environment(app.config["SETTINGS"].database_url) | {
        "QUIZ_PROXIES": "1",
        "QUIZ_HOSTS": "thi.example.vn",
        "QUIZ_METRICS_TOKEN": _TOKEN,
        "QUIZ_METRICS_FROM": "10.20.0.0/24",
    }
    made = create_app(load_settings(given))
    made.test_client_class = Client
    yield made
    with made.app_context():
        db.engine.dispose()


def value_of(reply: TestResponse, name: str) -> float:
    """A sample as it stands in the reply; 0 where there is none."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", reply.get_data(as_text=True), re.MULTILINE)
    return float(found[1]) if found else 0.0


def ask(app: Flask, peer: str = "127.0.0.1", host: str = "127.0.0.1:8000", **headers: str) -> int:
    """The status for somebody at this address."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = app.test_client().get(
        "/metrics", headers={"Host": host, **named}, environ_overrides={"REMOTE_ADDR": peer}
    )
    return reply.status_code


def test_by_default_only_this_machine_reads_it(app: Flask) -> None:
    assert ask(app) == 200
    assert ask(app, peer="::1", host="[::1]:8000") == 200
    assert ask(app, peer="", host="localhost") == 200, "by its Unix socket"
    for peer in ("203.0.113.7", "10.20.0.9", "192.168.1.4", "no address"):
        assert ask(app, peer=peer) == 404, peer


def test_a_proxy_on_this_machine_opens_nothing(app: Flask, behind: Flask) -> None:
    """Also one that was set up by halves: it tells no address, or the settings do not count it."""
    public = {"host": "thi.example.vn"}
    assert ask(app, **public) == 404
    for header in ("X_Forwarded_For", "X_Real_IP", "Forwarded", "Via", "X_Forwarded_Host"):
        assert ask(app, **{header: "127.0.0.1"}) == 404, header
    assert ask(behind, **public, X_Forwarded_For="203.0.113.7") == 404
    assert ask(behind, **public, X_Forwarded_For="127.0.0.1") == 404
    assert ask(behind, **public, X_Forwarded_For="10.20.0.9, 203.0.113.7") == 404


def test_the_token_and_the_named_networks_open_it(behind: Flask) -> None:
    public = {"host": "thi.example.vn", "X_Forwarded_For": "203.0.113.7"}
    assert ask(behind, **public, Authorization=f"Bearer {_TOKEN}") == 200
    assert ask(behind, **public, Authorization="Bearer wrong") == 404
    assert ask(behind, **public, Authorization="Bearer ") == 404
    assert ask(behind, **public, Authorization=f"Basic {_TOKEN}") == 404
    assert ask(behind, host="thi.example.vn", X_Forwarded_For="10.20.0.9") == 200
    assert ask(behind, peer="10.20.0.9", host="10.20.0.2:8000") == 200
    assert ask(behind) == 200, "by its own address, whatever hosts the public pages have"


def test_machines_may_ask_for_the_health_by_any_name(behind: Flask) -> None:
    client = behind.test_client()
    by_address = {"Host": "127.0.0.1:8000"}
    assert client.get("/healthz", headers=by_address).status_code == 200
    assert client.get("/readyz", headers=by_address).status_code == 200
    assert client.get("/", headers=by_address).status_code == 400


def test_the_way_of_a_person_is_counted(app: Flask, client: Client) -> None:
    open_contest(app)
    before = client.get("/metrics")
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    revision = revision_of(client.get(address).get_data(as_text=True))
    client.post(f"{address}/answers", data={"revision": revision, "q1": "1", "prediction": "3195"})
    client.get("/c/khong-co")
    running = client.get("/metrics")
    for _again in range(2):
        client.post(f"{address}/submit", data={"sheet": ""})
    after = client.get("/metrics")
    sums = {
        "timhieu_attempts_started_total": 1,
        "timhieu_sheets_saved_total": 1,
        "timhieu_attempts_submitted_total": 1,
        'timhieu_requests_total{method="POST",route="/attempts/<code>/submit",status="3xx"}': 2,
        'timhieu_requests_total{method="GET",route="/c/<slug>",status="4xx"}': 1,
        'timhieu_request_seconds_count{method="POST",route="/attempts/<code>/submit"}': 2,
        'timhieu_request_seconds_bucket{le="+Inf",method="GET",route="/c/<slug>"}': 1,
    }
    assert {name: value_of(after, name) - value_of(before, name) for name in sums} == sums
    statements = 'timhieu_statements_total{route="/attempts/<code>/submit"}'
    assert 2 <= value_of(after, statements) - value_of(before, statements) <= 2 * 6
    assert value_of(running, "timhieu_attempts_running") == 1
    assert value_of(after, "timhieu_attempts_running") == 0
    assert value_of(after, "timhieu_requests_under_way") == 1, "the one that asks"
    assert value_of(after, "timhieu_readable") == 1


def test_labels_hold_nothing_that_was_typed(app: Flask, client: Client) -> None:
    client.get("/Quang-Thi-Hoang-Yen")
    client.open("/", method="QUANGTHI")
    written = client.get("/metrics").get_data(as_text=True)
    assert "quang" not in written.casefold()
    assert 'route="(none)"' in written
    assert 'method="OTHER"' in written


def test_a_scrape_costs_few_statements(app: Flask, client: Client) -> None:
    client.get("/metrics")
    with app.app_context(), counted() as sent:
        client.get("/metrics")
    assert len(sent) <= 6, sent


def test_a_database_that_is_away_is_seen(app: Flask, client: Client, monkeypatch) -> None:
    def away() -> None:
        raise OperationalError("SELECT 1", {}, Exception("gone"))

    monkeypatch.setattr(gauges, "measure_database", away)
    reply = client.get("/metrics")
    written = reply.get_data(as_text=True)
    assert reply.status_code == 200
    assert "\ntimhieu_readable 0.0\n" in written
    assert "timhieu_door_waiting" not in written, "nobody knows is not nobody waits"
    assert "timhieu_requests_total" in written


def test_ready_means_tables_and_writing(app: Flask, client: Client, monkeypatch) -> None:
    assert client.get("/readyz").get_data(as_text=True) == "ok\n"
    with app.app_context(), counted() as sent:
        client.get("/readyz")
    assert len(sent) == 1
    with app.app_context():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0042'"))
        db.session.commit()
        assert client.get("/readyz").get_data(as_text=True) == "migrations\n"
        db.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        db.session.commit()
        assert client.get("/readyz").status_code == 200, (
            "a release that comes after this one is being brought in"
        )
        db.session.execute(text("DROP TABLE alembic_version"))
        db.session.commit()
    reply = client.get("/readyz")
    assert (reply.status_code, reply.get_data(as_text=True)) == (503, "migrations\n")
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "setting, value",
    [
        ("QUIZ_METRICS_TOKEN", "short"),
        ("QUIZ_METRICS_FROM", "0.0.0.0/0"),
        ("QUIZ_METRICS_FROM", "10.20.0.1/24"),
        ("QUIZ_METRICS_FROM", "the office"),
        ("QUIZ_SLOW_MS", "0.5"),
        ("QUIZ_LOG", "xml"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(databases, setting: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=setting):
        load_settings(databases.environment("sqlite://") | {setting: value})
