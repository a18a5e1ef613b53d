"""A round is looked at: planted cheats become cases, what was found is replaced, cases are set aside."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from quiz.attempts import service as attempts
from quiz.attempts.models import Attempt
from quiz.attempts.sheets import Sheet
from quiz.audit.actors import Actor
from quiz.audit.queries import browse_events
from quiz.bank.queries import revisions
from quiz.contests.definition import AttemptRule, PaperRule, Shuffle
from quiz.contests.models import Contest
from quiz.contests.queries import get_contest_by_id, get_round
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from quiz.entries.models import Entry
from quiz.jobs.handlers import unwatched
from quiz.scoring.marking import Correction
from quiz.standings.regrading import correct_key
from quiz.vetting import integrity_queries as queries
from quiz.vetting.integrity import Signal
from quiz.vetting.integrity_service import (
    KIND,
    CaseRefused,
    request_due,
    request_review,
    review_round,
    run_review,
    set_aside,
)
from quiz.vetting.integrity_storing import loaded_findings, loaded_moves
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition

QUESTIONS = 24
LATER = NOW + timedelta(hours=1)
WHO = Actor.system("tests")


def take(contest: Contest, entry: Entry, picks: dict[int, int], *, at: datetime, seconds: int) -> Attempt:
    """One attempt: choice of the revision (from 0) by question number, handed in after so many seconds."""
    attempt = attempts.start(contest, entry.id, 1, now=at, keyring=KEYRING)
    views = revisions([revision for revision, _order in attempt.paper])
    answers = {
        place: (order.index(picks[number_of(views[revision].text)]) + 1,)
        for place, (revision, order) in enumerate(attempt.paper, 1)
    }
    sheet = Sheet(1, answers, (), None)
    done = at + timedelta(seconds=seconds)
    return attempts.submit(attempt.code, sheet, entry_id=entry.id, now=done, keyring=KEYRING)


def number_of(text: str) -> int:
    """The bank's question of this wording."""
    return int(text.split()[3])


def key(number: int) -> int:
    return number % 4


@pytest.fixture
def contest() -> Contest:
    """Thirty honest people of one unit, each with a share of right answers; 24 questions for everybody."""
    make_bank(questions=QUESTIONS)
    numbers = tuple(str(n) for n in range(1, QUESTIONS + 1))
    paper = PaperRule(bank="bank", shuffle=(Shuffle.QUESTIONS, Shuffle.CHOICES), fixed=numbers)
    made = make_contest("xem", round_definition(paper=paper, prediction=None, attempts=AttemptRule(limit=3)))
    source = Random(4)
    for number in range(1, 31):
        able = source.uniform(0.35, 0.8)
        picks = {
            n: key(n) if source.random() < able else (key(n) + source.choice((1, 1, 2, 3))) % 4
            for n in range(1, QUESTIONS + 1)
        }
        entry = make_entry(made, number)
        take(made, entry, picks, at=NOW + timedelta(minutes=3 * number), seconds=200 + 17 * number)
    return made


def twins(contest: Contest, *, device: str | None = None) -> tuple[Entry, Entry]:
    """Two people with the same twelve wrong answers."""
    picks = {n: key(n) if n % 2 else (key(n) + 2 + n % 3 // 2) % 4 for n in range(1, QUESTIONS + 1)}
    one, other = make_entry(contest, 101), make_entry(contest, 102)
    with transaction():
        for entry in (one, other):
            db.session.get_one(Entry, (contest.id, entry.id)).device_key = device
    take(contest, one, picks, at=NOW, seconds=300)
    take(contest, other, picks, at=NOW + timedelta(hours=2), seconds=441)
    return one, other


def test_honest_people_make_no_case_of_two_kinds(contest: Contest) -> None:
    review = review_round(contest, 1, now=LATER)
    assert (review.people, review.attempts) == (30, 30)
    assert review.figures["pairs"]["unit"] == 30 * 29 // 2
    assert all(case.kinds < 2 for case, _verdict in queries.list_cases(contest.id, 1))


def test_twins_on_one_device_are_the_first_case(contest: Contest) -> None:
    one, other = twins(contest, device="cùng máy")
    review_round(contest, 1, now=LATER)
    case, verdict = queries.list_cases(contest.id, 1)[0]
    assert verdict is None
    assert (set(case.people), case.kinds) == ({one.id, other.id}, 2)
    similar = next(one for one in loaded_findings(case.findings) if one.signal is Signal.SIMILAR)
    assert (similar.evidence["shared"], similar.evidence["same"]) == (QUESTIONS, QUESTIONS)
    assert similar.evidence["same_wrong"] == 12
    assert similar.corrected is not None
    assert similar.corrected < 0.05
    effect = loaded_moves(case.effect)
    assert [move.after for move in effect.people] == [None, None]
    assert effect.out == 2


def test_a_fast_perfect_paper_is_a_case(contest: Contest) -> None:
    fast = make_entry(contest, 103)
    take(contest, fast, {n: key(n) for n in range(1, QUESTIONS + 1)}, at=NOW, seconds=31)
    review_round(contest, 1, now=LATER)
    case = next(case for case, _verdict in queries.list_cases(contest.id, 1) if case.people == [fast.id])
    assert case.p is None
    assert loaded_findings(case.findings)[0].evidence == {
        "duration_ms": 31_000,
        "right": QUESTIONS,
        "questions": QUESTIONS,
    }


def test_disqualified_people_and_void_questions_are_left_out(contest: Contest) -> None:
    one, _other = twins(contest)
    with transaction():
        db.session.get_one(Entry, (contest.id, one.id)).status = "disqualified"
    paper = db.session.query(Attempt).filter_by(contest_id=contest.id).first()
    assert paper is not None
    words: dict[str, Any] = {"reason": "Sai", "notice": "Bỏ câu", "actor": WHO, "now": LATER}
    correct_key(contest, 1, paper.paper[0][0], Correction(is_void=True), **words)
    review = review_round(get_contest_by_id(contest.id), 1, now=LATER)
    assert review.people == 31
    assert all(one.id not in case.people for case, _verdict in queries.list_cases(contest.id, 1))


def test_a_second_look_replaces_the_first_and_keeps_what_was_set_aside(contest: Contest) -> None:
    twins(contest, device="máy")
    review_round(contest, 1, now=LATER)
    case, _verdict = queries.list_cases(contest.id, 1)[0]
    set_aside(contest, 1, case.key, reason=" Hai chị em ", actor=WHO, now=LATER)
    again = review_round(contest, 1, now=LATER + timedelta(hours=1))
    assert again.computed_at == LATER + timedelta(hours=1)
    found, verdict = queries.list_cases(contest.id, 1)[0]
    assert found.key == case.key
    assert verdict is not None
    assert verdict.reason == "Hai chị em"
    event = browse_events(contest.id, 1).rows[0]
    assert (event.action, event.detail["case"]) == ("case_set_aside", case.key)


def test_setting_aside_needs_a_reason_and_a_case(contest: Contest) -> None:
    with pytest.raises(CaseRefused, match="reason_needed"):
        set_aside(contest, 1, "0" * 16, reason=" ", actor=WHO, now=NOW)
    with pytest.raises(NotFound):
        set_aside(contest, 1, "0" * 16, reason="Lý do", actor=WHO, now=NOW)


def test_the_job_and_when_it_is_due(contest: Contest) -> None:
    closes_at = get_round(contest, 1).closes_at
    assert request_due(now=NOW - timedelta(days=2)) == 0, "before the round opens"
    assert request_due(now=NOW) == 1
    job = request_review(contest, 1, actor=WHO, now=NOW)
    assert job.kind == KIND
    assert run_review(job.params, unwatched, WHO, NOW)["attempts"] == 30
    assert request_due(now=NOW + timedelta(hours=1)) == 0
    assert request_due(now=NOW + timedelta(hours=7)) == 1
    review_round(contest, 1, now=closes_at + timedelta(minutes=1))
    assert request_due(now=closes_at + timedelta(days=3)) == 0
