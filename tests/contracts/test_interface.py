"""Addresses, commands and targets that others print on posters and call from scripts: they never change."""

import re

import pytest
from click import Command, Group
from werkzeug.exceptions import HTTPException

from quiz.core.settings import ROOT

_ADDRESSES = (
    ("GET", "/"),
    ("GET", "/c/tim-hieu"),
    ("GET", "/c/tim-hieu/rules"),
    ("GET", "/c/tim-hieu/enter"),
    ("POST", "/c/tim-hieu/enter"),
    ("POST", "/c/tim-hieu/rounds/1/start"),
    ("GET", "/attempts/k7m2q9"),
    ("GET", "/attempts/k7m2q9/sheet"),
    ("PUT", "/attempts/k7m2q9/sheet"),
    ("POST", "/attempts/k7m2q9/submit"),
    ("GET", "/c/tim-hieu/standings"),
    ("GET", "/c/tim-hieu/standings/units"),
    ("GET", "/c/tim-hieu/units/03646"),
    ("GET", "/c/tim-hieu/display"),
    ("GET", "/c/tim-hieu/embed"),
    ("GET", "/api/v1/contests"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/me/data"),
    ("GET", "/manage"),
    ("GET", "/unit"),
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/logout"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
)
_COMMANDS = (
    *("units import", "bank read", "bank import", "contest apply", "contest export", "simulate", "demo load"),
    *("round open", "round pause", "round resume", "round close", "round freeze", "round publish"),
    *("standings verify", "housekeeping", "backup", "restore", "doctor"),
)
_TARGETS = ("run", "test", "bench", "faults", "lighthouse", "clean")


@pytest.mark.parametrize("method, path", _ADDRESSES)
def test_address_exists(method, path, whole):
    try:
        found = whole.url_map.bind("localhost").match(path, method=method)
    except HTTPException as error:
        pytest.fail(f"{method} {path}: {error.name}")
    assert found


@pytest.mark.parametrize("words", _COMMANDS)
def test_command_exists(words, whole):
    command: Command | None = whole.cli
    for word in words.split():
        assert isinstance(command, Group), words
        command = command.commands.get(word)
    assert command is not None


def test_every_command_has_help_with_an_example(whole):
    silent = [name for name, command in _ours(whole.cli) if "flask " not in (command.help or "")]
    assert not silent


@pytest.mark.parametrize("target", _TARGETS)
def test_make_target_exists(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def _ours(group: Group, prefix: str = "") -> list[tuple[str, Command]]:
    """The project's own commands with their full names, without those of Flask and its extensions."""
    found = []
    for name, command in group.commands.items():
        if not prefix and name in ("db", "openapi", "routes", "run", "shell"):
            continue
        full = f"{prefix}{name}"
        found += _ours(command, f"{full} ") if isinstance(command, Group) else [(full, command)]
    return found
