"""A production server does not start with settings that would hurt: every trap by its name."""

from pathlib import Path

import pytest

from quiz.core.settings import UnsafeSettings, load_settings

_SAFE = {
    "QUIZ_ENV": "production",
    "QUIZ_SECRET_KEY": "kB3-x9Zq1LmN0pRs7TuVwXyZaBcDeFgHiJ",
    "QUIZ_DATA_KEY": "Qw8-e7Rt6Yu5Io4Pa3Sd2Fg1Hj0KlZxCvB",
    "QUIZ_HOSTS": "thi.example.vn",
    "DATABASE_URL": "postgresql://quiz:x@127.0.0.1/quiz",
}


def test_safe_settings_start_with_what_is_asked_of_production() -> None:
    settings = load_settings(_SAFE)
    assert settings.https
    assert settings.two_step_roles == {"owner", "organiser"}


@pytest.mark.parametrize(
    "changes, named",
    [
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"QUIZ_SECRET_KEY": ""}, "QUIZ_SECRET_KEY"),
        ({"QUIZ_SECRET_KEY": "changeme"}, "QUIZ_SECRET_KEY"),
        ({"QUIZ_DATA_KEY": "a" * 40}, "QUIZ_DATA_KEY"),
        ({"QUIZ_DATA_KEY": _SAFE["QUIZ_SECRET_KEY"]}, "the same"),
        ({"QUIZ_HOSTS": ""}, "QUIZ_HOSTS"),
        ({"QUIZ_WORKER": "at-once"}, "QUIZ_WORKER"),
        ({"QUIZ_TWO_STEP": "owner,god"}, "QUIZ_TWO_STEP"),
    ],
)
def test_unsafe_settings_are_named(changes: dict[str, str], named: str) -> None:
    with pytest.raises(UnsafeSettings, match=named):
        load_settings(_SAFE | changes)


@pytest.mark.parametrize(
    "given, roles", [("none", set()), ("", set()), ("owner, auditor", {"owner", "auditor"})]
)
def test_who_signs_in_with_two_steps_is_a_setting(given: str, roles: set[str]) -> None:
    assert load_settings(_SAFE | {"QUIZ_TWO_STEP": given}).two_step_roles == roles


def test_secrets_may_come_from_files(tmp_path: Path) -> None:
    """ASVS 13.3.1: what a vault hands over never stands in the environment."""
    names = ("QUIZ_SECRET_KEY", "QUIZ_DATA_KEY", "DATABASE_URL")
    files = {}
    for name in names:
        (tmp_path / name).write_text(_SAFE[name] + "\n", encoding="utf-8")
        files[f"{name}_FILE"] = str(tmp_path / name)
    settings = load_settings({"QUIZ_ENV": "production", "QUIZ_HOSTS": "thi.example.vn"} | files)
    assert (settings.secret_key, settings.data_key) == (_SAFE["QUIZ_SECRET_KEY"], _SAFE["QUIZ_DATA_KEY"])
    assert settings.database_url == "postgresql+psycopg://quiz:x@127.0.0.1/quiz"
    with pytest.raises(UnsafeSettings, match="QUIZ_DATA_KEY_FILE cannot be read"):
        load_settings(_SAFE | {"QUIZ_DATA_KEY_FILE": str(tmp_path / "gone")})
