"""`flask backup` and `flask restore` from the terminal."""

from pathlib import Path

import pytest
from flask import Flask

from quiz.core.settings import load_settings
from tests.support.databases import Databases
from tests.support.sittings import fixed_contest, play

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def run(app: Flask, *words: object) -> tuple[int, str]:
    with app.app_context():
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
    return result.exit_code, result.output


def test_a_key_a_backup_in_a_folder_and_back(
    app: Flask, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(fixed_contest(), [(0, 0, 0)])
    folder, key = tmp_path / "backups", tmp_path / "key.txt"
    folder.mkdir()
    code, said = run(app, "backup", folder)
    assert (code, "--new-key" in said) == (1, True)
    assert list(folder.iterdir()) == []
    code, said = run(app, "backup", "--new-key", key)
    assert code == 0
    assert key.stat().st_mode & 0o077 == 0
    assert run(app, "backup", "--new-key", key)[0] == 1
    recipient = said.strip().rpartition("QUIZ_BACKUP_RECIPIENTS=")[2]
    seal_for(recipient, app, monkeypatch)
    for old in ("2026-01-01T000000", "2026-01-02T000000"):
        (folder / f"timhieu-{old}Z.backup").touch()
    (folder / "notes.txt").touch()
    code, said = run(app, "backup", folder, "--keep", 2)
    assert code == 0, said
    assert "sealed, read back and whole" in said
    left = [one.name for one in sorted(folder.iterdir())]
    assert len(left) == 3
    assert left[0] == "notes.txt"
    assert left[1].startswith("timhieu-2026-01-02")
    newest = max(folder.glob("timhieu-*"))
    code, said = run(app, "restore", newest, "--check", "--key", key)
    assert (code, "whole." in said) == (0, True)
    code, said = run(app, "restore", newest, "--key", key)
    assert (code, "not empty" in said) == (1, True)
    other = databases.build(databases.migrated("sqlite"))
    code, said = run(other, "restore", newest, "--key", key)
    assert code == 0, said
    assert "The log is whole" in said
    assert run(other, "standings", "verify", "cuoc-thi")[0] == 0


def seal_for(recipient: str, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    source = {**app.config["SETTINGS"].source, "QUIZ_BACKUP_RECIPIENTS": recipient}
    monkeypatch.setitem(app.config, "SETTINGS", load_settings(source))


def test_words_instead_of_a_traceback(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = run(app, "backup")
    assert (code, "name a file or a folder" in said) == (2, True)
    junk = tmp_path / "junk"
    junk.write_text("something")
    code, said = run(app, "restore", junk, "--check")
    assert (code, "not whole" in said) == (1, True)
    code, said = run(app, "restore", junk, "--key", junk)
    assert (code, "AGE-SECRET-KEY" in said) == (1, True)
    seal_for("age1nonsense", app, monkeypatch)
    code, said = run(app, "backup", tmp_path / "b.backup")
    assert (code, "no key of age" in said) == (1, True)
