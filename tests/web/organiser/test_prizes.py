"""Prizes of a round are edited on its page."""

from quiz.contests.definition import AwardRule, Prize
from quiz.contests.queries import get_contest
from quiz.contests.service import definition_of
from quiz.scoring.prizes import Exclusive
from tests.support.forms import fields_of
from tests.web.organiser.test_editing import ROUND, setup

__all__ = ["setup"]


def test_prizes_and_their_rules_are_kept_and_wrong_lines_are_said(setup, app, client) -> None:
    setup()
    data = fields_of(client.get(ROUND).text, ROUND)
    data["prizes"], data["exclusive"] = "Giải Nhất | một", "once"
    data["cap_percent"], data["winners_all_correct"] = "50", "y"
    reply = client.post(ROUND, data=data)
    assert reply.status_code == 422
    assert "dòng 1 “Giải Nhất | một” chưa đúng. Sau tên giải là số lượng" in reply.text
    data["prizes"] = "Giải Nhất | 1 | 1.000.000 đồng\nGiải Nhì | 2"
    assert client.post(ROUND, data=data).status_code == 303
    with app.app_context():
        (round_,) = definition_of(get_contest("cuoc-thi")).rounds
    assert round_.prizes == (Prize("Giải Nhất", 1, "1.000.000 đồng"), Prize("Giải Nhì", 2))
    assert round_.awarding == AwardRule(Exclusive.ONCE, all_correct=True, cap_percent=50)
    assert "Giải Nhì | 2" in client.get(ROUND).text
