"""What waits in the demo: work of its editor that its reviewer has not looked at, and one sent back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from question_bank.reading import read
from quiz.accounts.queries import get_staff
from quiz.audit.actors import Actor
from quiz.bank import life
from quiz.bank.browsing import get_question
from quiz.bank.queries import as_question, get_bank
from quiz.bank.service import import_questions, revise

EDITOR, REVIEWER = "bien-soan", "tham-dinh"
_BANK, _FILE = "lich-su-dai-hoi", "mixed.aiken.txt"
# Questions of the file by their numbers there, and what Aiken has no place for.
_TOPICS = {"2": "Đại hội X", "3": "Đại hội XII", "4": "Đại hội VII", "6": "Đại hội IX"}
# Questions of the bank by their numbers; the file's come behind the 66 that are approved.
_REWORDED, _SENT_BACK = 1, 69
_WORDING = "Đại hội đại biểu toàn quốc lần thứ I của Đảng họp trong những ngày nào?"
_COMMENT = "Ghi nguồn của con số để người duyệt đối chiếu được."


def leave_work(folder: Path, *, now: datetime) -> int:
    """Let the editor bring four questions and reword one, the reviewer send one back; how many wait then."""
    editor, reviewer = _actor(EDITOR), _actor(REVIEWER)
    report = read((folder / _FILE).read_bytes(), _FILE)
    brought = tuple(
        replace(one, topic=_TOPICS[one.number], level="Nhận biết")
        for one in report.questions
        if one.number in _TOPICS
    )
    saved = import_questions(replace(report, questions=brought), _BANK, actor=editor, now=now).saved
    if not saved:
        return 0  # everything is there from an earlier time
    bank = get_bank(_BANK)
    question, seen = get_question(bank.id, _REWORDED)
    wording = replace(as_question(question, seen), text=_WORDING)
    revise(question.id, wording, seen_revision=seen.id, submit=True, actor=editor, now=now)
    question, seen = get_question(bank.id, _SENT_BACK)
    life.send_back(question.id, _COMMENT, seen_revision=seen.id, actor=reviewer, now=now)
    return saved


def _actor(username: str) -> Actor:
    staff = get_staff(username)
    return Actor.staff(staff.id, staff.name)
