"""Settings and machine as the doctor sees them."""

from pathlib import Path

import pytest

from quiz.core.settings import load_settings
from quiz.doctor.findings import Level
from quiz.doctor.machine_checks import check_disk, check_rights
from quiz.doctor.settings_checks import check_settings

GOOD_ONES = {
    "QUIZ_ENV": "production",
    "QUIZ_HOSTS": "thi.example.vn",
    "QUIZ_PROXIES": "1",
    "QUIZ_SECRET_KEY": "one secret key of the tests, 0123456789",
    "QUIZ_DATA_KEY": "another key of the tests, 9876543210",
    "QUIZ_HOTLINE": "0212 000 0000",
    "QUIZ_BACKUP_RECIPIENTS": "age1lz9",
}


def test_good_settings_have_nothing_to_mend(tmp_path: Path) -> None:
    [finding] = check_settings(load_settings({**GOOD_ONES, "QUIZ_VAR": str(tmp_path)}))
    assert finding.level is Level.GOOD


@pytest.mark.parametrize(
    "change, says",
    [
        ({"QUIZ_HTTPS": "0"}, "cookies travel readably"),
        ({"QUIZ_TWO_STEP": "none"}, "second step"),
        ({"QUIZ_LIMITS": "0"}, "flood"),
        ({"QUIZ_PROXIES": "0"}, "share one address"),
        ({"QUIZ_BACKUP_RECIPIENTS": ""}, "no key to be sealed"),
        ({"QUIZ_HOTLINE": ""}, "hotline"),
        ({"QUIZ_DATA_KEYS_OLD": "older key of the tests 0123456789 0123456789"}, "older data key"),
        ({"QUIZ_ENV": "development"}, "keys and passwords are weak"),
    ],
)
def test_each_setting_that_is_left_open_is_named(change: dict[str, str], says: str, tmp_path: Path) -> None:
    found = list(check_settings(load_settings({**GOOD_ONES, "QUIZ_VAR": str(tmp_path), **change})))
    assert [one for one in found if says in one.seen and one.mend and one.level is Level.WARNING]


def test_secrets_that_others_can_read_are_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    key = tmp_path / "key"
    key.write_text(GOOD_ONES["QUIZ_SECRET_KEY"])
    key.chmod(0o644)
    source = {**GOOD_ONES, "QUIZ_VAR": str(tmp_path), "QUIZ_SECRET_KEY_FILE": str(key)}
    settings = load_settings(source)
    reachable = all(folder.stat().st_mode & 1 for folder in key.parents)
    assert [one.level for one in check_rights(settings)] == [Level.BAD if reachable else Level.GOOD]
    key.chmod(0o600)
    assert [one.level for one in check_rights(settings)] == [Level.GOOD]


def test_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings({**GOOD_ONES, "QUIZ_VAR": str(tmp_path)})
    for free, level in ((100, Level.GOOD), (3, Level.WARNING), (0, Level.BAD)):
        monkeypatch.setattr("shutil.disk_usage", lambda _path, free=free: type("_", (), {"free": free << 30}))
        assert [one.level for one in check_disk(settings)] == [level]
