"""Who may see and do what on the organisers' pages."""

import pytest

from quiz.accounts.permissions import Role
from tests.support.factories import make_bank, make_contest
from tests.support.staff import signed_in

_PAGES = (
    "/manage",
    "/manage/c/cuoc-thi/",
    "/manage/c/cuoc-thi/definition.toml",
    "/manage/c/cuoc-thi/entrants",
    "/manage/c/cuoc-thi/rounds/1/pause",
    "/manage/c/cuoc-thi/rounds/1/edit",
    "/manage/c/cuoc-thi/edit",
    "/manage/contests/new",
    "/manage/audit",
)
_FOR_EDITORS = ("/rounds/1/edit", "/c/cuoc-thi/edit", "/contests/new", "/rounds/1/pause")
_DEEDS = (
    "/manage/contests/new",
    "/manage/c/cuoc-thi/edit",
    "/manage/c/cuoc-thi/rounds",
    "/manage/c/cuoc-thi/rounds/1/edit",
    "/manage/c/cuoc-thi/rounds/1/remove",
    "/manage/c/cuoc-thi/rounds/1/close",
)


@pytest.fixture(autouse=True)
def _contest(app):
    with app.app_context():
        make_bank()
        make_contest()


@pytest.mark.parametrize("path", _PAGES)
def test_page_works_for_organisers(path, client):
    signed_in(client)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", _PAGES)
def test_page_asks_strangers_to_sign_in(path, client):
    reply = client.get(path)
    assert reply.status_code == 303
    assert reply.location.startswith("/login")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
@pytest.mark.parametrize("path", _PAGES)
def test_page_is_closed_to_other_roles(path, role, client):
    signed_in(client, role)
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", _PAGES)
def test_auditors_read_but_do_not_edit(path, client):
    signed_in(client, Role.AUDITOR)
    expected = 403 if path.endswith(_FOR_EDITORS) else 200
    assert client.get(path).status_code == expected


@pytest.mark.parametrize("path", _DEEDS)
def test_deeds_need_the_right(path, client):
    assert client.post(path).status_code == 303
    signed_in(client, Role.AUDITOR)
    assert client.post(path).status_code == 403


@pytest.mark.parametrize("path", [path for path in _PAGES if "cuoc-thi" in path])
def test_unknown_contest_is_not_found(path, client):
    signed_in(client)
    assert client.get(path.replace("cuoc-thi", "khong-co")).status_code == 404


@pytest.mark.parametrize("path", [*_DEEDS[1:]])
def test_deed_on_an_unknown_contest_is_not_found(path, client):
    signed_in(client)
    assert client.post(path.replace("cuoc-thi", "khong-co")).status_code == 404


@pytest.mark.parametrize("rest", ["rounds/9/edit", "rounds/9/close", "rounds/1/burn", "?round=9"])
def test_unknown_round_or_step_is_not_found(rest, client):
    signed_in(client)
    assert client.get(f"/manage/c/cuoc-thi/{rest}").status_code == 404


@pytest.mark.parametrize(
    "path", ["/manage", "/manage/c/cuoc-thi/", "/manage/audit", "/manage/c/cuoc-thi/entrants"]
)
def test_pages_that_only_show_take_no_posts(path, client):
    signed_in(client)
    assert client.post(path).status_code == 405


def test_the_log_of_an_unknown_contest_is_not_found(client):
    signed_in(client)
    assert client.get("/manage/audit?contest=khong-co").status_code == 404
