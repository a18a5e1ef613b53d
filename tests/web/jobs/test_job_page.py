"""The page of a job: for whom, and what it says in each state."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.accounts.permissions import Permission, Role
from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.jobs import service
from quiz.jobs.handlers import Handler
from tests.support.client import Client
from tests.support.staff import make_staff, sign_in_as

KINDS = {
    "sum": Handler(lambda *_: {}, "Tính tổng", Permission.RUN_ROUNDS, steps={"adding": "Đang cộng."}),
    "own": Handler(lambda *_: {}, "Việc riêng", address=lambda params: f"/rounds/{params['round']}"),
}


@pytest.fixture
def staff(app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch) -> int:
    """An editor, signed in, on an application with these kinds."""
    monkeypatch.setitem(app.extensions, "jobs", KINDS)
    with app.app_context():
        editor = make_staff("soan", Role.EDITOR)
        sign_in_as(client, editor)
        return editor.id


def ask(app: Flask, staff_id: int, kind: str = "own", **params: object) -> int:
    with app.app_context():
        actor = Actor.staff(staff_id, "Hà")
        return service.enqueue(kind, {"round": 3, **params}, actor=actor, now=clock.now()).id


def text(client: Client, job_id: int) -> str:
    return client.get(f"/manage/jobs/{job_id}").get_data(as_text=True)


def test_the_way_of_a_job(app: Flask, client: Client, staff: int) -> None:
    job_id = ask(app, staff, title="Tuần 3", back="/manage/banks")
    waiting = text(client, job_id)
    assert "Đang chờ đến lượt" in waiting
    assert "Tuần 3" in waiting
    assert 'http-equiv="refresh"' in waiting
    assert "Có thể rời trang này" in waiting
    with app.app_context():
        claim = service.claim(now=clock.now())
        assert claim is not None
        service.beat(claim, 1234, 5000, "adding", now=clock.now())
    running = text(client, job_id)
    assert "Đã xong 24%: 1.234 trên 5.000." in running
    assert client.get(f"/manage/jobs/{job_id}.json").json == {
        "state": "running",
        "percent": 24,
        "words": "Đã xong 24%: 1.234 trên 5.000.",
        "step": "",
        "over": False,
    }
    with app.app_context():
        service.finish(claim, {}, now=clock.now())
    done = text(client, job_id)
    assert 'href="/rounds/3"' in done
    assert 'http-equiv="refresh"' not in done


def test_waiting_for_long_is_told(app: Flask, client: Client, staff: int, monkeypatch) -> None:
    job_id = ask(app, staff)
    later = clock.now() + timedelta(minutes=3)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "Đợi quá lâu thì báo người quản trị" in text(client, job_id)


def test_a_failure_is_told_in_words(app: Flask, client: Client, staff: int) -> None:
    job_id = ask(app, staff, back="/manage/banks")
    with app.app_context():
        claim = service.claim(now=clock.now())
        assert claim is not None
        service.fail(claim, DomainError("job_failed"), now=clock.now())
    failed = text(client, job_id)
    assert "lỗi ngoài dự tính" in failed
    assert 'href="/manage/banks"' in failed
    assert client.get(f"/manage/jobs/{job_id}.json").json["over"] is True


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "/\\example.org"])
def test_an_outcome_elsewhere_is_not_linked(app: Flask, client: Client, staff: int, address: str) -> None:
    job_id = ask(app, staff, "sum", back=address)
    with app.app_context():
        claim = service.claim(now=clock.now())
        assert claim is not None
        service.finish(claim, {"url": address}, now=clock.now())
    assert "example.org" not in text(client, job_id)


@pytest.mark.parametrize("suffix", ["", ".json"])
def test_only_for_whom_it_concerns(app: Flask, client: Client, staff: int, suffix: str) -> None:
    own, others, system = ask(app, staff), ask(app, staff + 1, "sum"), ask(app, staff + 1)
    assert client.get(f"/manage/jobs/{own}{suffix}").status_code == 200
    for job_id in (others, system, 4711):
        assert client.get(f"/manage/jobs/{job_id}{suffix}").status_code == 404
    assert client.delete(f"/manage/jobs/{own}{suffix}").status_code == 405
    with app.app_context():
        sign_in_as(client, make_staff("ban", Role.ORGANISER))
    assert client.get(f"/manage/jobs/{others}{suffix}").status_code == 200
    assert client.get(f"/manage/jobs/{own}{suffix}").status_code == 404
    nobody = app.test_client().get(f"/manage/jobs/{own}{suffix}")
    assert nobody.status_code == 303
    assert nobody.location.startswith("/login")
