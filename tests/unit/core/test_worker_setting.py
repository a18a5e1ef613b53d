"""QUIZ_WORKER: who does long jobs."""

import pytest

from quiz.core.settings import UnsafeSettings, load_settings

KEYS = {
    "QUIZ_SECRET_KEY": "a secret key that is long enough, 0123",
    "QUIZ_DATA_KEY": "a data key that is long enough, 3210456",
    "QUIZ_HOSTS": "thi.example.vn",
}


@pytest.mark.parametrize(
    "env, given, worker",
    [
        ("production", "", "separate"),
        ("production", "none", "none"),
        ("production", "beside", "beside"),
        ("test", "", "at-once"),
        ("test", "separate", "separate"),
    ],
)
def test_who_works(env, given, worker):
    assert load_settings(KEYS | {"QUIZ_ENV": env, "QUIZ_WORKER": given}).worker == worker


@pytest.mark.parametrize("env, given", [("production", "at-once"), ("production", "besides"), ("test", "x")])
def test_what_is_refused(env, given):
    with pytest.raises(UnsafeSettings, match="QUIZ_WORKER"):
        load_settings(KEYS | {"QUIZ_ENV": env, "QUIZ_WORKER": given})
