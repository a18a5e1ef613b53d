"""One attempt on a line of time: what was kept of it, in order, as a page and as a table."""

from datetime import timedelta

import pytest

from quiz.accounts.permissions import Role
from quiz.attempts import helping
from quiz.attempts.deadlines import Scope, extend
from quiz.attempts.service import save, start, submit
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.audit.service import Action, record
from quiz.complaints.models import Complaint
from quiz.core import clock
from quiz.core.database import transaction
from quiz.organiser.attempt_story import silence_of
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.sittings import fixed_contest
from tests.support.staff import signed_in

ACTOR = Actor.system("tests")
PAGE = "/manage/c/cuoc-thi/entrants/{}/attempts/{}"


@pytest.fixture
def played(app) -> tuple[int, int, str]:
    """Somebody who saved, came back elsewhere, got time, handed in, complained; and somebody else."""
    now = clock.now() - timedelta(hours=1)
    with app.app_context():
        contest = fixed_contest(opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=1))
        entry, other = make_entry(contest, 1), make_entry(contest, 2)
        made = start(contest, entry.id, 1, now=now, keyring=KEYRING)
        at = [now + timedelta(minutes=minutes) for minutes in range(20)]
        save(made.code, Sheet(3, {1: (2,)}, (), None), entry_id=entry.id, now=at[1])
        record(
            Action.ENTRANT_RETURNED,
            "entry",
            actor=Actor("entrant", entry.id, "x"),
            now=at[2],
            contest_id=contest.id,
        )
        extend(
            contest,
            1,
            scope=Scope.ROUND,
            target_id=None,
            minutes=2,
            reason="Mất điện",
            actor=ACTOR,
            now=at[3],
        )
        submit(made.code, Sheet(4, {1: (2,)}, (), None), entry_id=entry.id, now=at[9], keyring=KEYRING)
        helping.give_back(contest, made.code, reason="Thi lại", actor=ACTOR, now=at[12])
        with transaction() as session:
            session.add(
                Complaint(
                    contest_id=contest.id,
                    number=1,
                    round_number=1,
                    entry_id=entry.id,
                    words="lời riêng",
                    made_at=at[15],
                    due_at=at[15] + timedelta(days=3),
                )
            )
        return entry.id, other.id, made.code


def test_what_was_kept_stands_in_its_order(client, played):
    entry_id, _other, code = played
    signed_in(client)
    assert PAGE.format(entry_id, code) in client.get(f"/manage/c/cuoc-thi/entrants/{entry_id}").text
    text = client.get(PAGE.format(entry_id, code)).text
    places = [
        text.index(words)
        for words in (
            "Vào thi<",
            "Vào lại trên thiết bị khác<",
            "Thêm giờ: 02:00<",
            "Người dự thi nộp bài<",
            "Trả lại lượt, không tính<",
            "Khiếu nại số 1 về vòng<",
        )
    ]
    assert places == sorted(places)
    assert "Mất điện" in text
    assert "lời riêng" not in text  # it stands on the complaint's own page
    assert "không biết từng lần" in text


def test_the_table_has_the_same_lines_and_no_name(client, played):
    entry_id, _other, code = played
    signed_in(client, Role.AUDITOR)
    reply = client.get(PAGE.format(entry_id, code) + ".csv")
    kinds = [line.split(",")[1] for line in reply.get_data(as_text=True).splitlines()[1:]]
    assert kinds[0] == "opened"
    assert {"saved", "returned", "time_added", "submitted", "given_back", "complained"} <= set(kinds)
    assert "Lò Thị" not in reply.get_data(as_text=True)


def test_nobody_elses_attempt_and_nobody_without_the_right(client, played):
    entry_id, other, code = played
    signed_in(client)
    assert client.get(PAGE.format(other, code)).status_code == 404
    assert client.get(PAGE.format(entry_id, "x")).status_code == 404
    signed_in(client, Role.REVIEWER)
    assert client.get(PAGE.format(entry_id, code)).status_code == 403


def test_a_long_time_without_a_save_is_named(app):
    with app.app_context():
        contest = fixed_contest()
        now = NOW
        made = start(contest, make_entry(contest).id, 1, now=now, keyring=KEYRING)
        assert silence_of(made) is None
        made.closed_at = made.submitted_at = now + timedelta(minutes=9)
        assert silence_of(made) == timedelta(minutes=9)
        made.saved_at = now + timedelta(minutes=8)
        assert silence_of(made) is None
