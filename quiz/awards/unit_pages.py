"""Collective prizes as the organisers' page, papers and the public list show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from quiz.awards import queries
from quiz.awards.models import AwardRuling, UnitAwardCheck
from quiz.awards.pages import RulingLine, Tick
from quiz.awards.prized import FIXED
from quiz.awards.unit_prizes import Judged, are_current, has_unit_prizes, judged_units, loaded_key
from quiz.contests.collective_labels import board_name
from quiz.contests.models import Contest, ContestUnit, Round, StandingList
from quiz.contests.queries import list_units
from quiz.standings.prize_models import UnitAward
from quiz.standings.prizes import list_unit_awards
from quiz.standings.unit_slices import value_text


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with a prize, as organisers see it."""

    unit_id: int
    rule: str
    name: str
    above: str
    rank: int
    value: str
    people: int
    prize: str
    amount: str
    ticks: tuple[Tick, ...]
    note: str

    @property
    def is_checked(self) -> bool:
        """Whether everything was checked."""
        return all(tick.at for tick in self.ticks)


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """The prizes of one rule on one of its boards; `board` is empty for the only one."""

    rule: str
    board: str
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class UnitTie:
    """Equal units about which somebody has to decide. `seen` goes along with the decision."""

    id: str
    rule: str
    board: str
    rank: int
    prizes: tuple[str, ...]
    units: tuple[tuple[int, str], ...]

    @property
    def seen(self) -> str:
        """The units of the group."""
        return " ".join(str(unit_id) for unit_id, _name in self.units)


@dataclass(frozen=True, slots=True)
class UnitAwardsPage:
    """The collective prizes of a round with the check of every unit that has one."""

    has_prizes: bool
    is_current: bool
    boards: tuple[UnitBoard, ...]
    checked: int
    total: int
    ties: tuple[UnitTie, ...]
    rulings: tuple[RulingLine, ...]


def unit_awards_page(contest: Contest, of: Round | StandingList) -> UnitAwardsPage:
    """The units' part of the page of the organisers; a combined list has none."""
    if isinstance(of, StandingList):
        return UnitAwardsPage(False, True, (), 0, 0, (), ())
    judged = judged_units(contest, of) if of.state in FIXED else []
    stored = list_unit_awards(contest.id, of.number)
    units = {unit.id: unit for unit in list_units(contest.id)}
    boards = _boards(of, stored, judged, units)
    lines = [line for board in boards for line in board.lines]
    return UnitAwardsPage(
        has_prizes=has_unit_prizes(contest, of),
        is_current=are_current(contest, of, judged),
        boards=boards,
        checked=sum(line.is_checked for line in lines),
        total=len(lines),
        ties=_ties(judged, units),
        rulings=tuple(
            _ruling(ruling, units) for ruling in queries.list_rulings(contest.id, of.number, of_units=True)
        ),
    )


def _boards(
    round_: Round,
    stored: Sequence[UnitAward],
    judged: Sequence[Judged],
    units: Mapping[int, ContestUnit],
) -> tuple[UnitBoard, ...]:
    checks = queries.unit_checks_of(round_.contest_id, round_.number)
    found: dict[tuple[str, str], list[UnitLine]] = {}
    for one in stored:
        key = (one.rule, board_name(loaded_key(one.board)))
        check = checks.get((one.rule, one.unit_id))
        found.setdefault(key, []).append(_line(one, judged, units, check))
    return tuple(UnitBoard(rule, board, tuple(lines)) for (rule, board), lines in found.items())


def _line(
    one: UnitAward,
    judged: Sequence[Judged],
    units: Mapping[int, ContestUnit],
    check: UnitAwardCheck | None,
) -> UnitLine:
    rows = (
        (board.rule, board.rows[one.unit_id])
        for board in judged
        if board.rule.name == one.rule and one.unit_id in board.rows
    )
    rule, row = next(rows, (None, None))
    amounts = {prize.name: prize.amount for prize in rule.prizes} if rule else {}
    return UnitLine(
        unit_id=one.unit_id,
        rule=one.rule,
        name=units[one.unit_id].name,
        above=above(units[one.unit_id], units),
        rank=one.rank,
        value=value_text(rule.formula, row.value) if rule and row else "",
        people=row.totals.participants if row else 0,
        prize=one.prize,
        amount=amounts.get(one.prize, ""),
        ticks=_ticks(check),
        note=(check.note or "") if check else "",
    )


def _ticks(check: UnitAwardCheck | None) -> tuple[Tick, ...]:
    labels = {"figures": _("Đã đối chiếu số liệu"), "told": _("Đã báo đơn vị")}
    return tuple(
        Tick(
            name,
            str(label),
            getattr(check, f"{name}_at") if check else None,
            (getattr(check, f"{name}_by") or "") if check else "",
        )
        for name, label in labels.items()
    )


def above(unit: ContestUnit, units: Mapping[int, ContestUnit]) -> str:
    """The unit above, but for the root: where it belongs."""
    parent = units.get(unit.parent_id) if unit.parent_id is not None else None
    return parent.name if parent is not None and parent.parent_id is not None else ""


def _ties(judged: Sequence[Judged], units: Mapping[int, ContestUnit]) -> tuple[UnitTie, ...]:
    found = [(board, tie) for board in judged for tie in board.outcome.ties]
    return tuple(
        UnitTie(
            id=f"don-vi-{place}",
            rule=board.rule.name,
            board=board_name(board.key),
            rank=tie.rank,
            prizes=tie.prizes,
            units=tuple((key, units[key].name) for key in tie.keys),
        )
        for place, (board, tie) in enumerate(found, start=1)
    )


def _ruling(ruling: AwardRuling, units: Mapping[int, ContestUnit]) -> RulingLine:
    names = ", ".join(units[int(one)].name for one in ruling.people if int(one) in units)
    if ruling.kind == "out":
        what = _("Không trao giải tập thể: %(name)s", name=names)
    elif ruling.all_alike:
        what = _("Bằng hạng, cùng nhận giải: %(names)s", names=names)
    else:
        what = _("Bằng hạng, xét theo thứ tự: %(names)s", names=names)
    what = f"{what} ({ruling.rule})"
    return RulingLine(ruling.id, what, ruling.reason, ruling.staff_name, ruling.ruled_at)


@dataclass(frozen=True, slots=True)
class PublicUnits:
    """The units with one prize on one board, as everybody may see them."""

    rule: str
    board: str
    prize: str
    units: tuple[tuple[str, str], ...]  # name, the unit above


def public_units(contest: Contest, round_: Round) -> tuple[PublicUnits, ...]:
    """The collective prizes of a published round."""
    units = {unit.id: unit for unit in list_units(contest.id)}
    found: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for one in list_unit_awards(contest.id, round_.number):
        key = (one.rule, board_name(loaded_key(one.board)), one.prize)
        found.setdefault(key, []).append((units[one.unit_id].name, above(units[one.unit_id], units)))
    return tuple(
        PublicUnits(rule, board, prize, tuple(sorted_units))
        for (rule, board, prize), sorted_units in sorted(found.items(), key=lambda item: item[0][:2])
    )
