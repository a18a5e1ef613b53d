"""The service worker, the page without a connection, the manifest: the same for everybody."""

import dataclasses
import re

from quiz.core.settings import ROOT
from scripts.icons import ICONS, draw
from tests.support.citizen import enter, open_contest, start


def test_the_worker_is_asked_for_again_and_knows_its_files(app, client):
    reply = client.get("/sw.js")
    assert reply.mimetype == "text/javascript"
    assert reply.headers["Service-Worker-Allowed"] == "/"
    assert reply.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in reply.headers
    text = reply.get_data(as_text=True)
    for address in re.findall(r'"(/static/[^"]+)"', text):
        with client.get(address) as file:
            assert file.status_code == 200, address
    assert "default-src 'none'" in text  # a kept paper is shown under the same policy
    again = client.get("/sw.js", headers={"If-None-Match": reply.headers["ETag"]})
    assert again.status_code == 304


def test_another_language_or_another_hotline_is_another_version(app, client, monkeypatch):
    def version(address="/sw.js"):
        return re.search(r'VERSION = "(\w+)"', client.get(address).get_data(as_text=True))[1]

    before = version()
    assert version() == before
    assert version("/sw.js?lang=en") != before
    settings = app.config["SETTINGS"]
    monkeypatch.setitem(
        app.config, "SETTINGS", dataclasses.replace(settings, source={"QUIZ_HOTLINE": "0212 111 222"})
    )
    assert version() != before


def test_switched_off_it_removes_itself_and_pages_ask_for_none(app, client, monkeypatch):
    address = start_of_attempt(app, client)
    assert '"worker": "/sw.js"' in client.get(address).get_data(as_text=True)
    monkeypatch.setitem(app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], offline=False))
    text = client.get("/sw.js").get_data(as_text=True)
    assert "unregister()" in text
    assert "fetch" not in text
    assert '"worker": ""' in client.get(address).get_data(as_text=True)


def test_only_a_running_paper_bears_the_mark(app, client):
    address = start_of_attempt(app, client)
    assert client.get(address).headers["X-Running-Paper"] == "1"
    client.put(
        f"{address}/sheet", json={"revision": 1, "answers": {"1": [1]}, "flags": [], "prediction": "7"}
    )
    assert client.post(f"{address}/submit").status_code == 303
    assert "X-Running-Paper" not in client.get(address).headers
    assert "X-Running-Paper" not in client.get("/").headers


def test_the_page_without_a_connection_is_nobodys(app, client):
    start_of_attempt(app, client)
    reply = client.get("/offline")
    page = reply.get_data(as_text=True)
    assert "Không có mạng" in page
    assert "Bài đang làm không mất" in page
    assert "Set-Cookie" not in reply.headers
    assert "csrf" not in page


def test_the_manifest_names_icons_that_exist(client):
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").get_data(as_text=True)
    told = client.get("/manifest.webmanifest").get_json(force=True)
    assert (told["lang"], told["start_url"], told["name"]) == ("vi", "/", "Tìm Hiểu")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    for icon in told["icons"]:
        with client.get(icon["src"]) as file:
            size = int.from_bytes(file.data[16:20])
        assert icon["sizes"] == f"{size}x{size}"


def test_icons_are_drawn_from_our_own_star():
    images = ROOT / "static" / "img"
    svg = (images / "favicon.svg").read_text(encoding="utf-8")
    for name, size, square in ICONS:
        assert (images / name).read_bytes() == draw(svg, size, square), "run scripts/icons.py"


def start_of_attempt(app, client) -> str:
    slug = open_contest(app)
    enter(client, slug)
    return start(client, slug)
