"""What the organisers' pages about suspected twins show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from quiz.attempts.models import Attempt
from quiz.attempts.queries import find_result, place_of
from quiz.contests.models import Contest
from quiz.contests.phases import RoundState
from quiz.contests.queries import list_rounds, list_units
from quiz.entries.models import Entry
from quiz.vetting import duplicate_queries as queries
from quiz.vetting.labels import STRENGTHS, category_words, signal_words
from quiz.vetting.models import Ruling, Suspicion
from quiz.vetting.values import Evidence, Signal
from quiz.web.filters import day, duration

_LONGEST_STORY = 14


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence in words."""

    words: str
    strength: str
    tone: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair in a list; `cluster` is how many entries hang together."""

    first: int
    second: int
    names: tuple[str, str]
    signs: tuple[Sign, ...]
    cluster: int
    reason: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """A row of the comparison. `verdict`: same, near, other, or empty where nothing is compared."""

    label: str
    first: str
    second: str
    verdict: str
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened; `who` is 1 or 2."""

    at: datetime
    who: int
    words: str


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A decision in a list. `state`: holds, undone, appeal (waits for an answer)."""

    id: int
    name: str
    kept: str
    kind: str
    category: str
    reason: str
    who: str
    at: datetime
    state: str


_VERDICTS = {
    Signal.NAME_SAME: "same",
    Signal.NAME_MARKS: "near",
    Signal.NAME_SLIP: "near",
    Signal.NAME_PART: "near",
    Signal.NAME_ORDER: "near",
    Signal.BIRTH_SAME: "same",
    Signal.BIRTH_YEAR: "near",
    Signal.BIRTH_SWAPPED: "near",
    Signal.BIRTH_SLIP: "near",
    Signal.BIRTH_PART: "near",
    Signal.PHONE_SAME: "same",
    Signal.PHONE_NEAR: "near",
    Signal.ID_SAME: "same",
    Signal.ID_NEAR: "near",
    Signal.DEVICE: "same",
    Signal.NETWORK: "near",
}


def pair_lines(contest_id: int, pairs: Sequence[Suspicion], sizes: Mapping[int, int]) -> list[PairLine]:
    """Pairs with names and signs; `sizes` tells how large the cluster of an entry is."""
    known = queries.list_entries(
        contest_id, [one for pair in pairs for one in (pair.first_id, pair.second_id)]
    )
    return [
        PairLine(
            first=pair.first_id,
            second=pair.second_id,
            names=(known[pair.first_id].name, known[pair.second_id].name),
            signs=signs_of(pair),
            cluster=sizes.get(pair.first_id, 2),
            reason=pair.dismiss_reason or "",
            at=pair.dismissed_at,
        )
        for pair in pairs
    ]


def signs_of(pair: Suspicion) -> tuple[Sign, ...]:
    """The evidence in words, the strongest first."""
    found = sorted(_evidence(pair), key=lambda one: -one.weight)
    return tuple(
        Sign(signal_words(one.signal.value, one.figures), str(words), tone)
        for one in found
        for words, tone in (STRENGTHS[one.strength],)
    )


def sides_of(contest: Contest, pair: Suspicion, one: Entry, other: Entry) -> list[Side]:
    """The two entries row by row."""
    signals = {evidence.signal: evidence for evidence in _evidence(pair)}
    units = {unit.id: unit.name for unit in list_units(contest.id)}
    outside = _("ngoài danh sách")
    rows = [
        _row(_("Họ và tên"), one.name, other.name, signals, "name_"),
        _row(_("Ngày sinh"), _birth(one), _birth(other), signals, "birth_"),
        _row(_("Điện thoại"), _phone(one), _phone(other), signals, "phone_"),
    ]
    if one.national_id_key or other.national_id_key:
        rows.append(_row(_("Số căn cước"), _number(one), _number(other), signals, "id_"))
    first, second = (units.get(entry.unit_id or 0, outside) for entry in (one, other))
    same = one.unit_id == other.unit_id
    rows.append(Side(_("Đơn vị"), first, second, "same" if same else "other", _same_words(is_same=same)))
    if one.device_key or other.device_key:
        rows.append(_row(_("Thiết bị"), _known(one.device_key), _known(other.device_key), signals, "device"))
    if one.network_key or other.network_key:
        rows.append(_row(_("Mạng"), _known(one.network_key), _known(other.network_key), signals, "network"))
    return rows + _round_rows(contest, one, other, signals)


def story_of(contest: Contest, one: Entry, other: Entry) -> list[Step]:
    """What the two did, in order of time."""
    names = {round_.number: round_.settings.name for round_ in list_rounds(contest)}
    who = {one.id: 1, other.id: 2}
    steps = [Step(entry.registered_at, who[entry.id], _("đăng ký")) for entry in (one, other)]
    for attempt in queries.list_attempts_of(contest.id, [one.id, other.id]):
        name = names.get(attempt.round_number, "")
        began = _("bắt đầu lượt %(n)s, %(round)s", n=attempt.number, round=name)
        steps.append(Step(attempt.started_at, who[attempt.entry_id], began))
        if attempt.submitted_at is not None:
            ended = _("nộp bài, %(marks)s", marks=_marks(attempt))
            steps.append(Step(attempt.submitted_at, who[attempt.entry_id], ended))
    return sorted(steps, key=lambda step: step.at)[:_LONGEST_STORY]


def losses_of(contest: Contest, entries: Sequence[Entry]) -> list[tuple[str, str, int]]:
    """Results that go with entries that are disqualified: whose, of which round, from which place."""
    rounds = [round_ for round_ in list_rounds(contest) if round_.state != RoundState.PUBLISHED.value]
    return [
        (entry.name, round_.settings.name, result.rank or place_of(result))
        for entry in entries
        for round_ in rounds
        if (result := find_result(contest.id, round_.number, entry.id)) is not None
    ]


def ruling_lines(contest_id: int, rulings: Sequence[Ruling]) -> list[RulingLine]:
    """Decisions with names."""
    ids = [one for ruling in rulings for one in (ruling.entry_id, ruling.kept_id) if one is not None]
    known = queries.list_entries(contest_id, ids)
    return [
        RulingLine(
            id=ruling.id,
            name=known[ruling.entry_id].name,
            kept=known[ruling.kept_id].name if ruling.kept_id is not None else "",
            kind=ruling.kind,
            category=category_words(ruling.category),
            reason=ruling.reason,
            who=ruling.staff_name,
            at=ruling.ruled_at,
            state=_state(ruling),
        )
        for ruling in rulings
    ]


def _state(ruling: Ruling) -> str:
    if ruling.undone_at is not None:
        return "undone"
    return "appeal" if ruling.appeal is not None and ruling.answer is None else "holds"


def _evidence(pair: Suspicion) -> list[Evidence]:
    stored: list[list[Any]] = pair.evidence
    return [
        Evidence(Signal(name), weight, figures) for name, weight, figures in stored if name in set(Signal)
    ]


def _row(label: str, first: str, second: str, signals: Mapping[Signal, Evidence], kind: str) -> Side:
    found = next((one for one in signals.values() if one.signal.value.startswith(kind)), None)
    verdict = _VERDICTS.get(found.signal, "other") if found else "other"
    # Different names, dates and numbers are no evidence; equal ones may stand here without being any.
    if found is None and first == second and kind in ("name_", "birth_"):
        verdict = "same"
    words = {"same": _("Giống"), "near": _("Gần giống"), "other": _("Khác")}[verdict]
    if found is not None and verdict == "near":
        words = signal_words(found.signal.value, found.figures)
    return Side(label, first, second, verdict, words)


def _round_rows(contest: Contest, one: Entry, other: Entry, signals: Mapping[Signal, Evidence]) -> list[Side]:
    attempts = queries.list_attempts_of(contest.id, [one.id, other.id])
    rows = []
    for round_ in list_rounds(contest):
        mine, theirs = (
            [row for row in attempts if row.round_number == round_.number and row.entry_id == entry.id]
            for entry in (one, other)
        )
        if mine or theirs:
            total = _("Cộng %(n)s lượt", n=len(mine) + len(theirs))
            rows.append(Side(round_.settings.name, _taken(mine), _taken(theirs), "", total))
    if found := signals.get(Signal.ANSWERS):
        words = signal_words(found.signal.value, found.figures)
        rows.append(Side(_("Bài làm"), "", "", "near", words))
    return rows


def _taken(attempts: Sequence[Attempt]) -> str:
    return "; ".join(_marks(attempt) for attempt in attempts) or _("chưa thi")


def _marks(attempt: Attempt) -> str:
    if attempt.correct_count is None:
        return str(_("đang làm"))
    marks = f"{attempt.correct_count}/{attempt.question_count}"
    return str(_("%(marks)s trong %(time)s", marks=marks, time=duration(attempt.duration_ms or 0)))


def _birth(entry: Entry) -> str:
    return day(entry.birth_date) if entry.birth_date else str(_("không khai"))


def _phone(entry: Entry) -> str:
    return f"09•• ••• {entry.phone_tail}" if entry.phone_tail else str(_("không khai"))


def _number(entry: Entry) -> str:
    return "••••••••••••" if entry.national_id_key else str(_("không khai"))


def _known(key: str | None) -> str:
    return str(_("đã ghi nhận") if key else str(_("không rõ")))


def _same_words(*, is_same: bool) -> str:
    return str(_("Giống") if is_same else _("Khác"))
