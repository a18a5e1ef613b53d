"""Contests, banks and people for tests, with sensible defaults."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from quiz.bank.models import Bank, BankQuestion, QuestionRevision
from quiz.contests.definition import (
    AttemptRule,
    ContestSettings,
    EntryFields,
    EntryPolicy,
    MatrixCell,
    PaperRule,
    PredictionRule,
    Presence,
    PublishRule,
    RoundDefinition,
    Unique,
)
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import RoundState
from quiz.contests.queries import find_unit
from quiz.core.database import transaction
from quiz.core.ids import new_id
from quiz.core.secrets import Keyring
from quiz.entries.models import Entry
from quiz.entries.person import Person
from quiz.entries.service import register
from quiz.scoring.prediction import Target

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
KEYRING = Keyring("data key of the tests, 9876543210")


def make_bank(slug: str = "bank", questions: int = 12, *, choices: int = 4, canary: str = "") -> Bank:
    """A bank of approved single-answer questions; question n has choice (n mod choices) right.

    `canary` stands in every explanation and source, so that a leak of the key can be searched for.
    """
    with transaction() as session:
        bank = Bank(slug=slug, title=f"Bank {slug}", created_at=NOW)
        session.add(bank)
        session.flush()
        for number in range(1, questions + 1):
            session.add_all(_question(bank.id, number, choices, canary))
    return bank


def _question(bank_id: int, number: int, choices: int, canary: str) -> list[object]:
    question_id, revision_id = new_id(), new_id()
    return [
        BankQuestion(
            id=question_id,
            bank_id=bank_id,
            number=number,
            state="approved",
            fingerprint=f"{number:064x}",
            wording_key=f"{number:064x}",
            current_revision_id=revision_id,
            approved_revision_id=revision_id,
            created_at=NOW,
        ),
        QuestionRevision(
            id=revision_id,
            question_id=question_id,
            number=1,
            kind="single",
            text=f"Câu hỏi số {number} của ngân hàng?",
            choices=[{"text": f"Phương án {number}.{place}"} for place in range(choices)],
            correct=[number % choices],
            topic="Chủ đề A" if number % 2 else "Chủ đề B",
            level=None,
            source=f"Nguồn {canary}{number}",
            explanation=f"Giải thích {canary}{number}",
            search_key="",
            created_at=NOW,
        ),
    ]


def round_definition(number: int = 1, **changes: object) -> RoundDefinition:
    """A round open around NOW: 15 minutes, six questions, three attempts, predicting people all correct."""
    definition = RoundDefinition(
        number=number,
        name=f"Tuần {number}",
        opens_at=NOW - timedelta(days=1),
        closes_at=NOW + timedelta(days=6),
        minutes=15,
        paper=PaperRule(bank="bank", matrix=(MatrixCell(None, None, 6),)),
        attempts=AttemptRule(limit=3),
        prediction=PredictionRule(Target.PEOPLE_ALL_CORRECT),
        publish=PublishRule(),
    )
    return replace(definition, **changes)  # type: ignore[arg-type]  # the caller names real fields


def make_contest(
    slug: str = "cuoc-thi",
    *rounds: RoundDefinition,
    unique: Unique = Unique.PHONE,
    state: RoundState = RoundState.READY,
    min_age: int | None = None,
    policy: EntryPolicy | None = None,
) -> Contest:
    """A contest with its snapshot of four units: a province, a block, two communes."""
    definitions = rounds or (round_definition(),)
    policy = policy or EntryPolicy(fields=EntryFields(unit=Presence.REQUIRED), unique=unique, min_age=min_age)
    settings = ContestSettings(title=f"Cuộc thi {slug}", organiser="Ban Tổ chức", hotline="0212 000 0000")
    with transaction() as session:
        contest = Contest(
            slug=slug,
            title=settings.title,
            settings_data=settings.as_dict(),
            entry_data=policy.as_dict(),
            collective_data=[],
            snapshot_at=NOW - timedelta(days=2),
            created_at=NOW - timedelta(days=3),
            updated_at=NOW - timedelta(days=3),
        )
        session.add(contest)
        session.flush()
        for definition in definitions:
            session.add(_round(contest.id, definition, state))
        _units(session, contest.id)
    return contest


def _round(contest_id: int, definition: RoundDefinition, state: RoundState) -> Round:
    return Round(
        contest_id=contest_id,
        number=definition.number,
        state=state.value,
        opens_at=definition.opens_at,
        closes_at=definition.closes_at,
        settings_data=definition.as_dict(),
        state_since=definition.opens_at - timedelta(days=1),
    )


def _units(session: object, contest_id: int) -> None:
    parents: dict[str, int] = {}
    rows = (
        ("14", None, "Tỉnh Sơn La", "tỉnh"),
        ("SL-XA", "14", "Các xã", "nhóm"),
        ("03646", "SL-XA", "Phường Tô Hiệu", "phường"),
        ("03688", "SL-XA", "Xã Mường Chiên", "xã"),
    )
    paths: dict[str, str] = {}
    for position, (code, parent, name, kind) in enumerate(rows):
        parents[code] = new_id()
        paths[code] = (paths[parent] if parent else "/") + f"{code}/"
        session.add(  # type: ignore[attr-defined]  # a SQLAlchemy session
            ContestUnit(
                contest_id=contest_id,
                id=parents[code],
                parent_id=parents[parent] if parent else None,
                code=code,
                name=name,
                kind=kind,
                position=position,
                depth=paths[code].count("/") - 2,
                path=paths[code],
                search_key=name.casefold(),
                is_leaf=kind in ("xã", "phường"),
            )
        )
        session.flush()  # type: ignore[attr-defined]  # parents first


def make_entry(contest: Contest, number: int = 1, *, keyring: Keyring = KEYRING, **changes: object) -> Entry:
    """A person registered through the service; `number` makes name, birth date and phone differ."""
    person = Person(
        name=f"Lò Thị Hương {number}",
        birth_date=date(1962, 8, 15),
        phone=f"+849{number:08}",
        may_publish=True,
    )
    entry, _is_new = register(
        contest,
        replace(person, **({"unit_id": unit_id(contest)} | changes)),  # type: ignore[arg-type]  # real fields
        now=NOW,
        keyring=keyring,
    )
    return entry


def unit_id(contest: Contest, code: str = "03646") -> int:
    """The id of one of the contest's units."""
    unit = find_unit(contest.id, code)
    assert unit is not None
    return unit.id
