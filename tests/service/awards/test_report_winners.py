"""The winners' table of the official report."""

from datetime import timedelta

from quiz.attempts import service
from quiz.attempts.sheets import Sheet
from quiz.awards.report import Asked, report_paper
from quiz.contests.definition import PaperRule, Prize
from quiz.contests.models import Contest
from quiz.contests.phases import RoundAction
from quiz.contests.queries import get_round
from quiz.organiser.rounds import move_round
from tests.support.factories import KEYRING, NOW, make_bank, make_contest, make_entry, round_definition
from tests.support.sittings import RIGHT
from tests.support.staff import ACTOR


def frozen_contest(**changes: object) -> Contest:
    """Two people with everything right, of whom one predicted 2 and the other 1.500; two prizes."""
    make_bank()
    paper = PaperRule(bank="bank", shuffle=(), fixed=("1", "2", "3", "4"))
    prizes = (Prize("Giải Nhất", 1), Prize("Giải Nhì", 1))
    contest = make_contest("cuoc-thi", round_definition(paper=paper, prizes=prizes, **changes))
    for number, predicted in ((1, "2"), (2, "1500")):
        entry = make_entry(contest, number)
        attempt = service.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
        told = predicted if get_round(contest, 1).settings.prediction else None
        sheet = Sheet(1, {place: (pick,) for place, pick in enumerate(RIGHT, start=1)}, (), told)
        service.submit(
            attempt.code, sheet, entry_id=entry.id, now=NOW + timedelta(minutes=2 + number), keyring=KEYRING
        )
    for action in (RoundAction.CLOSE, RoundAction.FREEZE):
        move_round(contest, 1, action, actor=ACTOR, now=NOW + timedelta(days=7), keyring=KEYRING)
    return contest


def test_a_predicted_number_stands_with_how_far_off_it_was() -> None:
    contest = frozen_contest()
    paper = report_paper(contest, get_round(contest, 1), Asked(), NOW + timedelta(days=8))
    table = paper.sections[1].tables[0]
    assert table.heads[3:] == ("Câu đúng", "Dự đoán", "Độ lệch", "Thời gian", "Giải")
    assert [row[3:7] for row in table.rows] == [
        ("4/4", "2", "0", "03:00"),
        ("4/4", "1.500", "1.498", "04:00"),
    ]
    assert len(table.heads) == len(table.widths) == len(table.align)


def test_without_a_prediction_there_are_no_such_columns() -> None:
    contest = frozen_contest(prediction=None)
    paper = report_paper(contest, get_round(contest, 1), Asked(), NOW + timedelta(days=8))
    table = paper.sections[1].tables[0]
    assert table.heads == ("TT", "Họ và tên", "Đơn vị", "Câu đúng", "Thời gian", "Giải")
    assert table.rows[0][3:5] == ("4/4", "03:00")
