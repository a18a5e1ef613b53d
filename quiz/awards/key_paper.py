"""The key of a round as a paper: every question that was drawn, with what is right and where it stands."""

from dataclasses import dataclass
from datetime import datetime

from quiz.analysis.queries import ItemRow, list_items
from quiz.awards.certifying import heading_of
from quiz.awards.paper_values import Paper, PaperSection, PaperTable
from quiz.bank.values import loaded_choices
from quiz.contests.definition import PublishTime
from quiz.contests.models import Contest, Round
from quiz.contests.phases import Phase
from quiz.contests.queries import list_rounds
from quiz.contests.visibility import visible
from quiz.scoring.marking import Correction


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A question with its right answers in words; `note` says what was corrected."""

    text: str
    answers: tuple[str, ...]
    source: str
    note: str


def key_lines(contest: Contest, round_: Round) -> tuple[KeyLine, ...]:
    """All questions of the round, by bank and number; empty while its statistics are not computed."""
    return tuple(_line(row, round_) for row in list_items(contest.id, round_.number))


def may_show_key(contest: Contest, round_: Round, now: datetime) -> bool:
    """Whether everybody may read the key: published, not kept back, and no open round draws from its bank."""
    return is_key_public(round_, now) and key_waits_for(contest, round_, now) is None


def is_key_public(round_: Round, now: datetime) -> bool:
    """Whether the rules open the key of the round by now: published, and not kept back for ever."""
    publish, phase = round_.settings.publish, round_.window.phase(now)
    if phase is not Phase.PUBLISHED or publish.key is PublishTime.NEVER:
        return False
    return visible(phase, None, publish).key


def key_waits_for(contest: Contest, round_: Round, now: datetime) -> Round | None:
    """The last of the rounds that draw from the same bank and are not over; None: nothing keeps the key."""
    banks = {paper.bank for paper in round_.settings.papers}
    others = [
        other
        for other in list_rounds(contest)
        if other.number != round_.number
        and not other.window.phase(now).is_over
        and banks & {paper.bank for paper in other.settings.papers}
    ]
    return max(others, key=lambda other: (other.closes_at, other.number), default=None)


def key_paper(contest: Contest, round_: Round, now: datetime) -> Paper:
    """The key as a paper without head and foot: an annex to whatever it goes with."""
    rows = tuple(
        (
            str(place),
            line.text,
            "; ".join(line.answers) + (f" ({line.note})" if line.note else ""),
            line.source,
        )
        for place, line in enumerate(key_lines(contest, round_), start=1)
    )
    heads = ("Câu", "Câu hỏi", "Đáp án", "Nguồn")
    table = PaperTable("Đáp án", heads, "clll", (0.8, 5, 4, 3), rows)
    return Paper(
        heading=heading_of(contest),
        number="",
        mark="",
        day=now.astimezone(contest.settings.zone).date(),
        kind="",
        about=f"Đáp án {round_.settings.name}, {contest.settings.title}",
        opening=(),
        sections=(PaperSection("", (), (table,)),),
        closing="",
        signer="",
    )


def _line(row: ItemRow, round_: Round) -> KeyLine:
    revision = row.revision
    choices = [choice.text for choice in loaded_choices(revision.choices)]
    correction = round_.corrections.get(revision.id)
    if correction is None:
        return KeyLine(revision.text, (_lettered(choices, revision.correct),), revision.source or "", "")
    return KeyLine(
        revision.text, _corrected(choices, correction), revision.source or "", "đã sửa sau khi đóng vòng"
    )


def _corrected(choices: list[str], correction: Correction) -> tuple[str, ...]:
    if correction.is_void:
        return ("Mọi câu trả lời đều được tính",)
    return tuple(_lettered(choices, sorted(accepted)) for accepted in correction.accepted)


def _lettered(choices: list[str], places: list[int]) -> str:
    return ", ".join(f"{chr(ord('A') + place)}. {choices[place]}" for place in places)
