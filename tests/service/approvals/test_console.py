"""The operator's command goes on to publish alone, with the decision if there is one."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from quiz.audit.models import AuditEvent
from quiz.contests.definition import ResultDecision
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import get_contest, get_round
from quiz.core import clock
from quiz.core.database import db
from tests.support.factories import make_bank, make_contest, round_definition

WORDS = ("--decision", "12-QĐ/BTG", "--date", "2026-11-30", "--signer", "Hoàng Văn Bình")


def frozen(slug: str) -> Contest:
    now = clock.now()
    times = {"opens_at": now - timedelta(days=2), "closes_at": now - timedelta(days=1)}
    return make_contest(slug, round_definition(**times), state=RoundState.FROZEN)


def publish(app: Flask, slug: str, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["round", "publish", slug, "1", *options])
    db.session.rollback()
    return result.exit_code, result.output


def test_publishing_from_the_console(app: Flask) -> None:
    make_bank()
    frozen("khong-so")
    assert publish(app, "khong-so") == (0, "khong-so, round 1: published\n")
    assert get_round(get_contest("khong-so"), 1).decision is None
    frozen("co-so")
    for wrong in (WORDS[:2], (*WORDS[:3], "30/11/2026", *WORDS[4:])):
        assert publish(app, "co-so", *wrong)[0] == 2
    assert publish(app, "co-so", *WORDS)[0] == 0
    decision = ResultDecision("12-QĐ/BTG", date(2026, 11, 30), "Hoàng Văn Bình")
    assert get_round(get_contest("co-so"), 1).decision == decision
    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "round_published")).all()
    assert {line.detail["second_person"] for line in lines} == {"console"}
    assert {line.actor_name for line in lines} == {"flask round publish"}
