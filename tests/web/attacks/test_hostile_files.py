"""A20: hostile files are refused in words, within bounds, and the worker is alive afterwards."""

import html
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from question_bank.reading import read
from quiz.accounts.permissions import Role
from quiz.bank.banks import create_bank
from quiz.bank.models import BankQuestion
from quiz.core.database import db
from quiz.core.settings import ROOT
from tests.support.client import Client
from tests.support.factories import NOW
from tests.support.hostile import FILES
from tests.support.staff import ACTOR, signed_in

HERE = "/manage/banks/lich-su/import"
_MOST_MEGABYTES = 50
_MOST_SECONDS = 10  # of the processor, whatever else the machine does; a good file of this size takes as long
# Reads each file in a process of its own kind, as the worker would, and says what it cost.
_READER = """
import json, resource, sys
from pathlib import Path
from question_bank.reading import read
own, memory = resource.RUSAGE_SELF, lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
read(b"Question?\\nA. One\\nB. Two\\nANSWER: A\\n", "warm.txt")
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    data, before = path.read_bytes(), memory()
    begun = resource.getrusage(own).ru_utime
    report = read(data, path.name)
    codes = [one.code for one in report.problems]
    cost = resource.getrusage(own).ru_utime - begun
    told[path.name] = [report.refused, codes, memory() - before, cost]
print(json.dumps(told))
"""


def test_each_is_refused_within_bounds(tmp_path: Path) -> None:
    """At least ten; less than 50 MB more for each, and no file of the server's in what is said."""
    assert len(FILES) >= 10
    for number, (data, name) in enumerate(FILES.values()):
        (tmp_path / f"{number:02}-{name}").write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", _READER, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert len(told) == len(FILES)
    for name, (refused, codes, megabytes, seconds) in told.items():
        assert refused, name
        assert codes, name
        assert megabytes < _MOST_MEGABYTES, (name, megabytes)
        assert seconds < _MOST_SECONDS, (name, seconds)
    assert "root:" not in done.stdout


@pytest.mark.parametrize("what", FILES)
def test_the_page_says_why_and_nothing_is_stored(app: Flask, client: Client, what: str) -> None:
    with app.app_context():
        create_bank("lich-su", "Lịch sử", actor=ACTOR, now=NOW)
    signed_in(client, Role.EDITOR)
    data, name = FILES[what]
    boundary, body = encode_multipart({"file": FileStorage(io.BytesIO(data), filename=name)})
    reply = client.post(HERE, data=body, content_type=f"multipart/form-data; boundary={boundary}")
    if reply.status_code == 303:  # read, and nothing in it: the preview says so
        reply = client.get(reply.location)
        assert reply.status_code == 200
        assert client.post(reply.request.path).status_code in (303, 409, 422)
    else:
        assert reply.status_code in (413, 422), reply.status_code
        why = read(data, name).problems[0].message
        assert why in html.unescape(reply.get_data(as_text=True)) or reply.status_code == 413
    assert "root:" not in reply.get_data(as_text=True)
    with app.app_context():
        assert not db.session.scalar(select(func.count()).select_from(BankQuestion))
    assert client.get("/healthz").status_code == 200
