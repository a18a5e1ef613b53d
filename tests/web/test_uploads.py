"""Files that wait for their confirmation: whose they are, how long, how many."""

from datetime import timedelta

import pytest
from flask import Flask

from quiz.web import uploads
from quiz.web.uploads import UploadGone
from tests.support.factories import NOW


@pytest.fixture(autouse=True)
def context(app: Flask):
    with app.app_context():
        yield


def keep(data: bytes = b"a,b", staff_id: int = 1, minutes: int = 0, purpose: str = "units") -> str:
    now = NOW + timedelta(minutes=minutes)
    return uploads.keep(data, "a.csv", purpose=purpose, staff_id=staff_id, now=now, fields={"slug": "son-la"})


def test_it_is_found_again_by_its_sender_for_its_purpose() -> None:
    token = keep()
    kept = uploads.get_kept(token, purpose="units", staff_id=1, now=NOW)
    assert (kept.data, kept.name, kept.fields, kept.kept_at) == (b"a,b", "a.csv", {"slug": "son-la"}, NOW)
    for purpose, staff_id in (("units", 2), ("bank 1", 1)):
        with pytest.raises(UploadGone):
            uploads.get_kept(token, purpose=purpose, staff_id=staff_id, now=NOW)


def test_after_an_hour_it_is_gone_and_then_removed(app: Flask) -> None:
    token = keep()
    later = NOW + timedelta(minutes=61)
    assert uploads.find_kept(token, purpose="units", staff_id=1, now=later) is None
    keep(staff_id=9, minutes=61)
    folder = app.config["SETTINGS"].var / "uploads"
    assert not list(folder.glob(f"{token}*"))


def test_nobody_keeps_more_than_twenty() -> None:
    first = keep(staff_id=3)
    other = keep(staff_id=4)
    for minute in range(1, 21):
        keep(staff_id=3, minutes=minute)
    now = NOW + timedelta(minutes=21)
    assert uploads.find_kept(first, purpose="units", staff_id=3, now=now) is None
    assert uploads.find_kept(other, purpose="units", staff_id=4, now=now) is not None


@pytest.mark.parametrize("token", ["", "x", "../" * 8, "a" * 31, "a" * 33, "a" * 31 + "/", "a" * 31 + "\n"])
def test_tokens_are_of_one_form(token: str) -> None:
    assert uploads.find_kept(token, purpose="units", staff_id=1, now=NOW) is None
    uploads.discard(token)


def test_files_are_for_the_server_alone(app: Flask) -> None:
    token = keep()
    folder = app.config["SETTINGS"].var / "uploads"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.glob(f"{token}.*"))


def test_half_written_facts_are_no_file(app: Flask) -> None:
    token = keep()
    (app.config["SETTINGS"].var / "uploads" / f"{token}.json").write_text("{")
    assert uploads.find_kept(token, purpose="units", staff_id=1, now=NOW) is None
    uploads.discard(token)
    uploads.discard(token)
