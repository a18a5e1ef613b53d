"""R26: a backup made while people save and hand in comes back, in another place, as one whole moment."""

import time
from dataclasses import replace
from subprocess import CompletedProcess

from flask import Flask

from drills.ledger import Ledger
from drills.outcome import Outcome, Run, told
from drills.people import Crowd, HandingIn, Person
from drills.stage import Stage
from quiz.app import create_app
from quiz.core.database import db
from quiz.core.settings import load_settings

_SAVERS = 8
_HAND_IN = 300  # more than do so before the backup is made
_AT_MOST = 15 * 60.0  # seconds until the service is back


def restored_elsewhere(run: Run) -> Outcome:
    """`flask backup` under load, `flask restore` elsewhere, the server started there, people go on."""
    with Stage(run.kind, run.seed, broken=run.broken) as stage:
        people = stage.people(stage.contest(), _SAVERS + _HAND_IN)
        crowd = people[:_SAVERS]
        key, file = stage.folder / "key.txt", stage.folder / "a.backup"
        made_key = stage.flask("backup", "--new-key", str(key))
        recipient = made_key.stdout.strip().rpartition("QUIZ_BACKUP_RECIPIENTS=")[2]
        stage.environment["QUIZ_BACKUP_RECIPIENTS"] = recipient
        with Crowd(crowd), HandingIn(people[_SAVERS:]):
            time.sleep(1.0)
            before = replace(stage.ledger, acknowledged=dict(stage.ledger.acknowledged))
            backup = stage.flask("backup", str(file))
        began = time.monotonic()
        stage.environment["DATABASE_URL"] = stage.elsewhere()
        restore = stage.flask("restore", str(file), "--key", str(key))
        proofs = {
            "backup": backup,
            "restore": restore,
            "boards": stage.flask("standings", "verify", "dien-tap"),
            "log": stage.flask("audit", "verify"),
        }
        stage.stop_server()
        stage.start_server()
        back = time.monotonic() - began
        there = create_app(load_settings(stage.environment))
        lost, goes_on = _lost(before, there), _goes_on(crowd[0], there, stage.ledger)
    checks = {name: proof.returncode == 0 for name, proof in proofs.items()}
    checks |= {"nothing lost": not lost, "people go on": goes_on, "back in time": back <= _AT_MOST}
    checks["no strange reply"] = not stage.ledger.strange
    return told(
        checks, f"back after {back:.1f} s, lost {len(lost)} of {len(before.acknowledged)}; {_words(proofs)}"
    )


def _lost(before: Ledger, there: Flask) -> list[str]:
    """What was acknowledged before the backup began and is not in it."""
    return before.lost(there)


def _goes_on(person: Person, there: Flask, ledger: Ledger) -> bool:
    """Somebody whose attempt was running saves on: in the place where everything came back."""
    person.choose()
    person.save()
    done = person.code not in ledger.lost(there)
    with there.app_context():
        db.engine.dispose()
    return done


def _words(proofs: dict[str, CompletedProcess[str]]) -> str:
    failed = [proof for proof in proofs.values() if proof.returncode]
    text = failed[0].stderr if failed else proofs["restore"].stdout.strip().splitlines()[-4]
    return text.strip()[-160:]
