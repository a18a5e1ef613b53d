"""What the pages about prizes show, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from quiz.awards import queries
from quiz.awards.models import AwardCheck, AwardRuling
from quiz.awards.prized import Prized, prized
from quiz.awards.service import has_prizes, is_current, worked_out
from quiz.contests.models import Contest, ContestUnit, Round, StandingList
from quiz.contests.queries import list_units
from quiz.entries.models import Entry
from quiz.entries.public_people import public_person
from quiz.entries.queries import list_entries
from quiz.scoring.prizes import Outcome, PassedOver
from quiz.standings.prize_models import Award
from quiz.standings.prizes import find_award_list, list_awards


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to check: whether it is done, by whom and when."""

    name: str
    label: str
    at: datetime | None
    by: str


@dataclass(frozen=True, slots=True)
class WinnerLine:
    """Somebody with a prize, as organisers see them."""

    entry_id: int
    name: str
    unit: str
    category: str
    rank: int
    prize: str
    amount: str
    correct: int
    total: int
    duration_ms: int
    may_publish: bool
    ticks: tuple[Tick, ...]
    note: str

    @property
    def is_checked(self) -> bool:
        """Whether everything was checked."""
        return all(tick.at for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class TieGroup:
    """Equal people about whom somebody has to decide. `seen` goes along with the decision."""

    id: str
    rank: int
    list_name: str
    prizes: tuple[str, ...]
    people: tuple[tuple[int, str, str], ...]  # entry, name, unit

    @property
    def seen(self) -> str:
        """The people of the group."""
        return " ".join(str(entry_id) for entry_id, _name, _unit in self.people)


@dataclass(frozen=True, slots=True)
class RulingLine:
    """A decision that stands."""

    id: int
    what: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AwardsPage:
    """The prizes of a round or list with the check of everybody who has one. `place` is for addresses."""

    slug: str
    title: str
    place: Mapping[str, int]
    round_number: int
    round_name: str
    has_prizes: bool
    is_frozen: bool
    is_published: bool
    listed_at: datetime | None
    is_current: bool
    lists: tuple[tuple[str, tuple[WinnerLine, ...]], ...]
    checked: int
    total: int
    ties: tuple[TieGroup, ...]
    rulings: tuple[RulingLine, ...]
    passed: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PublicWinner:
    """A winner as everybody may see them."""

    name: str
    unit: str
    place: str


@dataclass(frozen=True, slots=True)
class _People:
    """Entries and units by id, read once."""

    entries: Mapping[int, Entry]
    units: Mapping[int, ContestUnit]

    def name(self, entry_id: int) -> str:
        entry = self.entries.get(entry_id)
        return entry.name if entry is not None and not entry.is_erased else str(_("Đã xóa dữ liệu"))

    def unit(self, entry_id: int) -> str:
        entry = self.entries.get(entry_id)
        unit = self.units.get(entry.unit_id) if entry is not None and entry.unit_id is not None else None
        return unit.name if unit else ""


def awards_page(contest: Contest, of: Round | StandingList) -> AwardsPage:
    """The page of the organisers."""
    found = prized(of)
    stored, awards = find_award_list(*found.key), list_awards(*found.key)
    rulings = queries.list_rulings(*found.key)
    outcome = worked_out(of) if found.is_fixed else Outcome()
    people = _people(contest, awards, rulings, outcome)
    winners = _winners(contest, found, awards, people)
    return AwardsPage(
        slug=contest.slug,
        title=contest.settings.display_title,
        place=found.address,
        round_number=found.number,
        round_name=found.name,
        has_prizes=has_prizes(contest, of),
        is_frozen=found.is_fixed,
        is_published=found.is_published,
        listed_at=stored.listed_at if stored else None,
        is_current=stored is not None and is_current(of, outcome),
        lists=_by_list(contest, awards, winners),
        checked=sum(line.is_checked for line in winners.values()),
        total=len(winners),
        ties=_ties(contest, outcome, people) if stored else (),
        rulings=tuple(_ruling(ruling, people) for ruling in rulings),
        passed=_passed(outcome),
    )


def _people(
    contest: Contest, awards: Sequence[Award], rulings: Sequence[AwardRuling], outcome: Outcome
) -> _People:
    wanted = {one.entry_id for one in awards}
    wanted |= {int(one) for ruling in rulings for one in ruling.people}
    wanted |= {key for tie in outcome.ties for key in tie.keys}
    entries = {entry.id: entry for entry in list_entries(contest.id, wanted)}
    return _People(entries, {unit.id: unit for unit in list_units(contest.id)})


def _winners(contest: Contest, of: Prized, awards: Sequence[Award], people: _People) -> dict[int, WinnerLine]:
    checks = queries.checks_of(*of.key)
    results = queries.results_of(of, [one.entry_id for one in awards])
    rules, lines = amounts_of(of), {}
    for one in awards:
        result, entry = results.get(one.entry_id), people.entries.get(one.entry_id)
        check = checks.get(one.entry_id)
        lines[one.entry_id] = WinnerLine(
            entry_id=one.entry_id,
            name=people.name(one.entry_id),
            unit=people.unit(one.entry_id),
            category=contest.entry.category_name(entry.category) if entry and entry.category else "",
            rank=one.rank,
            prize=one.prize,
            amount=rules.get((one.list_code, one.prize), ""),
            correct=result.correct_count if result else 0,
            total=result.question_count if result else 0,
            duration_ms=result.duration_ms if result else 0,
            may_publish=bool(entry and entry.may_publish),
            ticks=_ticks(check),
            note=(check.note or "") if check else "",
        )
    return lines


def amounts_of(of: Prized) -> dict[tuple[str, str], str]:
    """What a prize is worth, by list and name."""
    found = {("", prize.name): prize.amount for prize in of.of.settings.prizes}
    for rule in of.of.settings.categories if isinstance(of.of, Round) else ():
        found |= {(rule.code, prize.name): prize.amount for prize in rule.prizes}
    return found


def _ticks(check: AwardCheck | None) -> tuple[Tick, ...]:
    labels = {
        "called": _("Đã gọi điện"),
        "identity": _("Đã xác nhận đúng người"),
        "unit": _("Đã xác nhận đơn vị"),
    }
    return tuple(
        Tick(
            name,
            str(label),
            getattr(check, f"{name}_at") if check else None,
            (getattr(check, f"{name}_by") or "") if check else "",
        )
        for name, label in labels.items()
    )


def _by_list(
    contest: Contest, awards: Sequence[Award], winners: Mapping[int, WinnerLine]
) -> tuple[tuple[str, tuple[WinnerLine, ...]], ...]:
    lists: dict[str, list[WinnerLine]] = {}
    for one in awards:
        lists.setdefault(one.list_code, []).append(winners[one.entry_id])
    return tuple((list_name(contest, code), tuple(lines)) for code, lines in lists.items())


def list_name(contest: Contest, code: str) -> str:
    """A list of prizes by its name; empty for everybody's."""
    return contest.entry.category_name(code) if code else ""


def _ties(contest: Contest, outcome: Outcome, people: _People) -> tuple[TieGroup, ...]:
    return tuple(
        TieGroup(
            id=f"{tie.list_code}-{tie.rank}",
            rank=tie.rank,
            list_name=list_name(contest, tie.list_code),
            prizes=tie.prizes,
            people=tuple((key, people.name(key), people.unit(key)) for key in tie.keys),
        )
        for tie in outcome.ties
    )


def _ruling(ruling: AwardRuling, people: _People) -> RulingLine:
    names = ", ".join(people.name(int(one)) for one in ruling.people)
    if ruling.kind == "out":
        what = _("Không trao giải: %(name)s", name=names)
    elif ruling.all_alike:
        what = _("Bằng hạng, cùng nhận giải: %(names)s", names=names)
    else:
        what = _("Bằng hạng, xét theo thứ tự: %(names)s", names=names)
    return RulingLine(ruling.id, str(what), ruling.reason, ruling.staff_name, ruling.ruled_at)


def _passed(outcome: Outcome) -> tuple[tuple[str, int], ...]:
    """How many were passed over, and why; those taken out are shown one by one."""
    words = {
        PassedOver.NOT_ALL_CORRECT: _("chưa đúng hết các câu"),
        PassedOver.HAS_PRIZE: _("đã có giải ở vòng trước"),
        PassedOver.QUOTA_FULL: _("đối tượng đã đủ chỉ tiêu, hoặc nhóm bằng hạng đã xét xong"),
    }
    reasons = list(outcome.passed.values())
    return tuple((str(text), reasons.count(why)) for why, text in words.items() if why in reasons)


def public_winners(
    contest: Contest, of: Round | StandingList, now: datetime
) -> tuple[tuple[str, str, tuple[PublicWinner, ...]], ...]:
    """List, prize, winners: names in full only of those who agreed, and nothing else about a person."""
    awards = list_awards(*prized(of).key)
    people = _people(contest, awards, (), Outcome())
    today = now.astimezone(contest.settings.zone).date()
    groups: dict[tuple[str, str], list[PublicWinner]] = {}
    for one in awards:
        entry = people.entries.get(one.entry_id)
        if entry is None:
            continue
        person = public_person(
            entry.name,
            None,
            entry.birth_date,
            today=today,
            has_prize=True,
            may_publish=entry.may_publish,
        )
        name = str(_("Đã xóa dữ liệu")) if entry.is_erased else person.name
        winner = PublicWinner(name, people.unit(one.entry_id), _above(entry, people.units))
        groups.setdefault((list_name(contest, one.list_code), one.prize), []).append(winner)
    return tuple((name, prize, tuple(winners)) for (name, prize), winners in groups.items())


def _above(entry: Entry, units: Mapping[int, ContestUnit]) -> str:
    """The unit above the person's own, but for the root: where it belongs."""
    unit = units.get(entry.unit_id) if entry.unit_id is not None else None
    parent = units.get(unit.parent_id) if unit is not None and unit.parent_id is not None else None
    return parent.name if parent is not None and parent.parent_id is not None else ""
