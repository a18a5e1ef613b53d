"""Loading the demo through the services that organisers' pages and commands use."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from question_bank.reading import read
from question_bank.values import Report, Translation
from quiz.accounts.permissions import Role
from quiz.accounts.queries import find_staff, get_staff
from quiz.accounts.service import create_staff
from quiz.audit.actors import Actor
from quiz.bank.service import import_questions
from quiz.contests import queries as contests
from quiz.contests.definition import ResultDecision, parse_definition
from quiz.contests.models import Contest
from quiz.contests.phases import Phase, RoundAction
from quiz.contests.service import apply_definition
from quiz.core.secrets import Keyring
from quiz.demo.citations import cited, load_documents
from quiz.demo.definitions import definition_text, times
from quiz.demo.reviewing import EDITOR, REVIEWER, leave_work
from quiz.demo.unit_facts import load_unit_facts
from quiz.organiser.publication import approve_publication, ask_publication
from quiz.organiser.rounds import move_round
from quiz.simulation.service import simulate
from quiz.units.queries import get_tree
from quiz.units.service import import_tree

SLUG = "dai-hoi-xvi"
TREE = "son-la"
UNIT_CODE = "03808"
BANKS = (
    ("lich-su-dai-hoi.xlsx", "lich-su-dai-hoi", "Lịch sử các kỳ Đại hội"),
    ("doc-bieu-do.json", "lich-su-dai-hoi", "Lịch sử các kỳ Đại hội"),
    ("van-ban-son-la.csv", "van-ban-son-la", "Văn bản Sơn La 2025"),
)
_ACTOR = Actor.system("flask demo load")
Say = Callable[[str], None]
Progress = Callable[[str], Callable[[int, int], None]]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A sign-in of the demo. Never made in production."""

    username: str
    password: str
    name: str
    role: Role


ACCOUNTS = (
    DemoAccount("chu-he-thong", "mua xuan tren cao nguyen", "Trần Quốc Bảo", Role.OWNER),
    DemoAccount("ban-to-chuc", "lua chin vang nuong doi", "Nguyễn Thị Minh Hà", Role.ORGANISER),
    DemoAccount(EDITOR, "nang len tren doi che", "Lò Thị Phương", Role.EDITOR),
    DemoAccount(REVIEWER, "tieng khen giua ban lang", "Hoàng Văn Thái", Role.REVIEWER),
    DemoAccount("xa-muong-la", "suoi chay qua cau treo", "Xã Mường La", Role.UNIT_VIEWER),
)


def load(
    folder: Path, *, now: datetime, keyring: Keyring, say: Say, progress: Progress, people: int = 3000
) -> bool:
    """Load what is missing of the demo; False when all of it is there already. Safe to run again.

    `people` is the number of entrants of the round that has ended.
    """
    contest = contests.find_contest(SLUG)
    if contest is not None and contests.list_public_rounds(contest):
        _keep_open(contest, folder, now)
        _load_accounts(now)
        return False
    _load_units_and_banks(folder, now, say)
    _load_accounts(now)
    say(f"Review: {leave_work(folder / 'banks', now=now)} questions wait")
    moments = times(now)
    text = definition_text(folder / "contests" / f"{SLUG}.toml", moments)
    say("Contest: one round that has ended, one that is open, one to come")
    before = moments["ROUND1_OPENS"] - timedelta(days=3)
    apply_definition(parse_definition(text), actor=_ACTOR, now=before)
    contest = contests.get_contest(SLUG)
    _step(contest, 1, RoundAction.OPEN, before, keyring)
    say(f"Units: {load_unit_facts(contest, folder, actor=_ACTOR, now=before)} have made-up headcounts")
    _play_first_round(contest, moments["ROUND1_CLOSES"], now, keyring, people, progress)
    for number in (2, 3):
        _step(contest, number, RoundAction.OPEN, before, keyring)
    simulate(
        contest,
        2,
        entrants=max(1, people // 5),
        attempts=max(1, people // 5) * 9 // 5,
        seed=2026,
        now=now,
        keyring=keyring,
        progress=progress("Open round"),
    )
    return True


def sign_ins() -> str:
    """The demo's sign-ins, to be shown to whoever starts it."""
    lines = ["Demo sign-ins at /login:"]
    lines += [f"  {account.username:<12} {account.password:<24} {account.role.value}" for account in ACCOUNTS]
    return "\n".join(lines) + "\n"


def _load_units_and_banks(folder: Path, now: datetime, say: Say) -> None:
    say("Units: the tree of Sơn La")
    data = (folder / "units-son-la.csv").read_bytes()
    import_tree(data, "units-son-la.csv", TREE, "Tỉnh Sơn La", actor=_ACTOR, now=now)
    passages = load_documents(folder / "documents", actor=_ACTOR, now=now)
    say(f"Documents: {passages} passages to study")
    for file, slug, title in BANKS:
        path = folder / "banks" / file
        report = _translated(read(path.read_bytes(), file), path.with_suffix(".en.json"))
        report = cited(report, slug, folder / "documents" / "citations.csv")
        import_questions(report, slug, title, approve=True, actor=_ACTOR, now=now)
        say(f"Questions: {len(report.questions)} from {file}")


def _translated(report: Report, path: Path) -> Report:
    """The report with the English wordings that lie beside the file, by the numbers of its questions."""
    if not path.exists():
        return report
    wordings = json.loads(path.read_text(encoding="utf-8"))
    english = {
        number: Translation("en", wording["text"], tuple(wording["choices"]))
        for number, wording in wordings.items()
    }
    return replace(
        report,
        questions=tuple(
            replace(question, translations=(english[question.number],))
            if question.number in english
            else question
            for question in report.questions
        ),
    )


def _load_accounts(now: datetime) -> None:
    tree = get_tree(TREE)
    for account in ACCOUNTS:
        is_unit = account.role is Role.UNIT_VIEWER
        if find_staff(account.username) is None:
            create_staff(
                account.username,
                name=account.name,
                role=account.role,
                password=account.password,
                tree_id=tree.id if is_unit else None,
                unit_code=UNIT_CODE if is_unit else None,
                actor=_ACTOR,
                now=now,
            )


def _play_first_round(
    contest: Contest,
    closes_at: datetime,
    now: datetime,
    keyring: Keyring,
    people: int,
    progress: Progress,
) -> None:
    """Play, close, freeze and publish, each at its time."""
    simulate(
        contest,
        1,
        entrants=people,
        attempts=people * 2,
        seed=1930,
        now=now,
        keyring=keyring,
        progress=progress("Ended round"),
    )
    for action, hours in ((RoundAction.CLOSE, 0), (RoundAction.FREEZE, 2)):
        _step(contest, 1, action, closes_at + timedelta(hours=hours), keyring)
    _publish(contest, closes_at + timedelta(hours=26), keyring)


def _publish(contest: Contest, at: datetime, keyring: Keyring) -> None:
    """Two people publish, as on the pages: one asks with the decision, the other one approves."""
    asking, approving = (
        Actor.staff(one.id, one.name) for one in map(get_staff, ("ban-to-chuc", "chu-he-thong"))
    )
    decision = ResultDecision("00/QĐ-BTC", at.astimezone(contest.settings.zone).date(), "Trưởng Ban Tổ chức")
    asked = ask_publication(contest, 1, decision, actor=asking, now=at - timedelta(hours=1))
    approve_publication(contest, asked.id, actor=approving, now=at, keyring=keyring)


def _step(contest: Contest, number: int, action: RoundAction, now: datetime, keyring: Keyring) -> None:
    move_round(contest, number, action, actor=_ACTOR, now=now, keyring=keyring)


def _keep_open(contest: Contest, folder: Path, now: datetime) -> None:
    """A demo that was left lying gets its open round extended, as an organiser would do."""
    round_ = contests.get_round(contest, 2)
    if round_.window.phase(now) not in (Phase.OPEN, Phase.CLOSED) or now < round_.closes_at - timedelta(
        days=1
    ):
        return
    moments = times(now)
    started = {"ROUND1_OPENS": 1, "ROUND2_OPENS": 2}
    for name, number in started.items():
        moments[name] = contests.get_round(contest, number).opens_at.astimezone(moments[name].tzinfo)
    moments["ROUND1_CLOSES"] = contests.get_round(contest, 1).closes_at.astimezone(
        moments["ROUND1_OPENS"].tzinfo
    )
    text = definition_text(folder / "contests" / f"{SLUG}.toml", moments)
    apply_definition(parse_definition(text), actor=_ACTOR, now=now)
