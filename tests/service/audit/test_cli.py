"""`flask audit`: out as a file, and what the check says."""

from pathlib import Path

from click.testing import Result
from flask import Flask

from quiz.audit.service import Action, record
from tests.support.factories import NOW, make_contest
from tests.support.staff import ACTOR


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["audit", *(str(word) for word in words)])


def note(subject: str) -> None:
    record(Action.ROUND_OPENED, subject, actor=ACTOR, now=NOW)


def test_a_file_and_its_check(app: Flask, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    for n in range(3):
        note(f"vòng {n}")
    assert "3 events" in run(app, "export", first).output
    done = run(app, "verify", first)
    assert done.exit_code == 0
    assert "nothing was changed" in done.output
    note("vòng 4")
    run(app, "export", second)
    assert run(app, "verify", second, "--earlier", first).exit_code == 0
    assert run(app, "verify", "--earlier", first).exit_code == 0
    assert run(app, "verify", first, "--earlier", second).exit_code == 1


def test_a_changed_file_is_told_by_line_and_place(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    for n in range(3):
        note(f"vòng {n}")
    run(app, "export", file)
    file.write_text(file.read_text(encoding="utf-8").replace("vòng 1", "vòng 9"), encoding="utf-8")
    done = run(app, "verify", file)
    assert done.exit_code == 1
    assert "line 2, event 2 of installation was changed" in done.output
    file.write_text("\n".join(file.read_text(encoding="utf-8").splitlines()[:2]), encoding="utf-8")
    assert "was cut off" in run(app, "verify", file).output


def test_the_log_of_one_contest(app: Flask, tmp_path: Path) -> None:
    contest = make_contest()
    record(Action.ROUND_OPENED, "round 1", actor=ACTOR, now=NOW, contest_id=contest.id)
    note("another")
    file = tmp_path / "log.jsonl"
    assert "1 events" in run(app, "export", file, "--contest", "cuoc-thi").output
    assert run(app, "verify", file).exit_code == 0
    assert "no contest" in run(app, "export", file, "--contest", "khong-co").output


def test_the_database_itself(app: Flask) -> None:
    note("round 1")
    done = run(app, "verify")
    assert done.exit_code == 0
    assert "installation: 1 events" in done.output
