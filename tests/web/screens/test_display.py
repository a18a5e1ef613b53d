"""The large screen and the page inside other sites: what they show, to whom, and what may keep them."""

import re

import pytest

from quiz.contests.definition import PublishRule
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest
from quiz.core import clock
from quiz.scoring.prediction import Target
from quiz.simulation.service import simulate
from tests.support.citizen import enter, open_contest
from tests.support.client import Client
from tests.support.factories import KEYRING, make_contest, round_definition

_PREDICT_ATTEMPTS = {"prediction": round_definition().prediction.__class__(Target.ATTEMPTS)}


def _people(app, count: int = 6) -> None:
    """So many entrants with papers handed in."""
    with app.app_context():
        contest = get_contest("dai-hoi")
        simulate(contest, 1, entrants=count, attempts=count, seed=7, now=clock.now(), keyring=KEYRING)


def _text(reply) -> str:
    assert reply.status_code == 200, reply.get_data(as_text=True)[:1000]
    return reply.get_data(as_text=True)


def _scenes(page: str) -> list[str]:
    return re.findall(r'data-scene="(\w+)"', page)


def test_the_screen_turns_through_what_was_asked_for(app, client):
    open_contest(app)
    _people(app)
    page = _text(client.get("/c/dai-hoi/display"))
    assert _scenes(page) == ["units", "people", "counts", "enter"]
    assert "đến khi Tuần 1 đóng" in page
    assert "localhost/c/dai-hoi" in page
    chosen = _text(client.get("/c/dai-hoi/display?show=enter&show=people&seconds=20&round=1"))
    assert _scenes(chosen) == ["enter", "people"]
    assert 'data-seconds="20"' in chosen
    assert "display/scenes?show=enter,people&amp;seconds=20&amp;round=1" in chosen.replace("%2C", ",")


def test_without_a_script_it_goes_on_by_itself(app, client):
    open_contest(app)
    _people(app)
    page = _text(client.get("/c/dai-hoi/display?seconds=9"))
    following = re.search(r'<noscript><meta http-equiv="refresh" content="9; url=([^"]+)">', page)
    assert following is not None
    second = _text(client.get(following[1].replace("&amp;", "&")))
    assert re.search(r'data-scene="people">', second)
    assert re.search(r'data-scene="units" hidden>', second)


def test_a_unit_and_a_round_that_there_are_not(app, client):
    open_contest(app)
    assert client.get("/c/dai-hoi/display?unit=khong-co").status_code == 404
    assert client.get("/c/dai-hoi/display?round=9").status_code == 404
    assert client.get("/c/dai-hoi/embed?unit=khong-co").status_code == 404
    assert client.get("/c/khong-co/display").status_code == 404
    assert "Phường Tô Hiệu" in _text(client.get("/c/dai-hoi/display?unit=03646"))


def test_an_unchanged_screen_costs_no_page(app, client):
    open_contest(app)
    first = client.get("/c/dai-hoi/display/scenes")
    again = client.get("/c/dai-hoi/display/scenes", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    other = client.get("/c/dai-hoi/display/scenes?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("path", ["display", "display/scenes", "embed", "embed?unit=03688", "entrance.svg"])
def test_everybody_gets_the_same_and_no_cookie(app, client, path):
    """An entrant, with English chosen, asks like a stranger: a proxy may keep the reply for all."""
    open_contest(app)
    assert enter(client, "dai-hoi").status_code == 303
    client.get("/?lang=en")
    stranger = app.test_client()
    assert isinstance(stranger, Client)
    mine, theirs = client.get(f"/c/dai-hoi/{path}"), stranger.get(f"/c/dai-hoi/{path}")
    pages = [re.sub(rb'data-now="[0-9]+"', b"", reply.get_data()) for reply in (mine, theirs)]
    assert pages[0] == pages[1]
    assert mine.headers["Cache-Control"].startswith("public")
    assert "Set-Cookie" not in mine.headers
    assert "Cookie" not in mine.headers.get("Vary", "")


def test_the_predicted_number_is_not_on_the_screen(app, client):
    open_contest(app, **_PREDICT_ATTEMPTS)
    page = _text(client.get("/c/dai-hoi/display"))
    assert "Người dự thi Tuần 1" in page
    assert "Lượt thi Tuần 1" not in page
    assert "đang làm bài" not in page


def test_before_and_after_the_round(app, client):
    with app.app_context():
        make_contest("sap-mo", round_definition(), state=RoundState.READY)
        make_contest("da-xong", round_definition(publish=PublishRule()), state=RoundState.PUBLISHED)
    assert "Quét mã để xem kết quả" in _text(client.get("/c/da-xong/display"))
    assert "đến khi" not in _text(client.get("/c/da-xong/display"))


def test_only_the_small_page_may_stand_in_other_sites(app, client):
    open_contest(app)
    reply = client.get("/c/dai-hoi/embed?unit=03688")
    assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in reply.headers
    page = _text(reply)
    assert "Xã Mường Chiên" in page
    assert "<script" not in page
    assert len(page) < 5000
    for other in ("display", "share", "poster", ""):
        headers = client.get(f"/c/dai-hoi/{other}".rstrip("/")).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"


def test_what_can_be_passed_on(app, client):
    open_contest(app)
    page = _text(client.get("/c/dai-hoi/share?unit=03688"))
    assert "Xã Mường Chiên" in page
    assert "&lt;iframe src=&#34;http://localhost/c/dai-hoi/embed?unit=03688&#34;" in page
    assert client.get("/c/dai-hoi/entrance.png?unit=03688").get_data()[:4] == b"\x89PNG"
    assert client.get("/c/dai-hoi/entrance.gif").status_code == 404
    poster = _text(client.get("/c/dai-hoi/poster?unit=03688"))
    assert "Quét mã bằng máy ảnh hoặc Zalo" in poster
    assert "<svg" in poster
    assert "/c/dai-hoi/poster.pdf?unit=03688" in poster
    assert client.get("/c/dai-hoi/poster.pdf?unit=03688").get_data().startswith(b"%PDF-")
    assert client.get("/c/dai-hoi/poster.pdf?unit=khong-co").status_code == 404
    chosen = _text(client.get("/c/dai-hoi/enter?unit=03688"))
    assert re.search(r'value="03688"[^>]* (checked|selected)', chosen)
