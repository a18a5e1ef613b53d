"""From the boards' values to the units' board and the page of one unit."""

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from quiz.contests.collective_labels import board_name
from quiz.contests.models import Contest, Round
from quiz.contests.pages import contact_of, order_of, round_facts
from quiz.contests.queries import get_list, list_units
from quiz.core.errors import NotFound
from quiz.entries import queries as entries
from quiz.standings import boards
from quiz.standings.boards import UnitPlace, UnitSlice
from quiz.standings.pages import Pages, UnitBoard, UnitLine, UnitPage
from quiz.standings.people_page import board_rounds, divisions_of
from quiz.standings.scopes import Scope, round_scope
from quiz.standings.unit_standings import rule_on
from quiz.web.filters import day, full_time, percent

PAGE = 50


@dataclass(frozen=True, slots=True)
class AskedUnits:
    """Which part of a board of units is wanted; `q` searches names and codes without diacritics.

    `rule` chooses one of the contest's collective rules, from 1.
    """

    page: int = 1
    q: str = ""
    division: str = ""
    rule: int = 1

    @property
    def is_first(self) -> bool:
        """Whether it is the page that most people look at."""
        return self.page == 1 and not self.q


def unit_board(contest: Contest, round_: Round, asked: AskedUnits, *, now: datetime) -> UnitBoard:
    """The units that compete, in order, the same for every reader. Raises NotFound."""
    page_number, q, division, rule = asked.page, asked.q, asked.division, asked.rule
    _refuse_unknown(contest, rule)
    scope = round_scope(round_, now)

    def part(page: int) -> UnitSlice:
        return boards.unit_slice(
            contest,
            scope,
            now=now,
            offset=(page - 1) * PAGE,
            limit=PAGE,
            q=q,
            division=division,
            number=rule,
        )

    found = part(page_number)
    count = max(1, -(-found.total // PAGE))
    if page_number > count:
        page_number, found = count, part(count)
    return UnitBoard(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rounds=board_rounds(contest, now),
        divisions=divisions_of(list_units(contest.id)),
        division=division,
        orders=tuple((str(number), one.name) for number, one in enumerate(contest.collective, start=1)),
        order=str(rule),
        q=q,
        is_official=found.is_official,
        as_of=found.as_of,
        formula=order_of(contest, found.rule),
        rows=tuple(_line(contest, scope, place, rule) for place in found.rows),
        pages=Pages(page_number, count, lambda page: _page_url(contest, scope, page, q, division, rule)),
        level=_level(found),
        note=_note(scope, found),
        headcounts=_headcount_days(contest),
    )


def board_of_list(contest: Contest, scope: Scope, now: datetime) -> str:
    """The address of the board of units that counts on a combined list.

    Without such a rule it is the board of the last round of the list that has opened.
    """
    own = get_list(contest, scope.number).settings.rounds
    rounds = [number for number, _name in board_rounds(contest, now) if number in own]
    _rule, place = rule_on(contest, scope.number, None)
    return url_for("standings.units", slug=contest.slug, round=rounds[-1], rule=_named(place))


def unit_page(
    contest: Contest, round_: Round, code: str, *, now: datetime, page_number: int, rule: int
) -> UnitPage:
    """One unit with its figures and a page of the units right below it. Raises NotFound."""
    _refuse_unknown(contest, rule)
    scope = round_scope(round_, now)
    offset = (page_number - 1) * PAGE
    facts = boards.unit_facts(contest, scope, code, now=now, offset=offset, limit=PAGE, number=rule)
    count = max(1, -(-facts.child_count // PAGE))
    place = facts.place
    return UnitPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        round=round_facts(round_, now),
        rounds=board_rounds(contest, now),
        code=place.code,
        name=place.name,
        kind=place.kind,
        parents=tuple((unit.name, _unit_url(contest, scope, unit.code, rule)) for unit in facts.above),
        as_of=facts.as_of,
        is_official=facts.is_official,
        rank=place.rank,
        ranked=facts.ranked,
        value=place.value,
        formula=order_of(contest, facts.rule),
        share=place.share,
        people=place.people,
        headcount=place.headcount,
        attempts=place.attempts,
        mean=percent(facts.mean) if facts.mean is not None else None,
        all_correct=facts.all_correct,
        trouble=place.trouble,
        children=tuple(_line(contest, scope, child, rule) for child in facts.children),
        pages=Pages(min(page_number, count), count, lambda page: _unit_url(contest, scope, code, rule, page))
        if count > 1
        else None,
        headcount_day=facts.unit.headcount_on,
        board=board_name(place.board) if place.board else "",
    )


def _note(scope: Scope, found: UnitSlice) -> str | None:
    if not found.may_rank:
        if scope.shown.hidden:
            return str(_("Bảng đơn vị hiện sau khi vòng thi đóng, để giữ kín con số dự đoán."))
        return str(_("Bảng đơn vị hiện vào lúc thể lệ của vòng cho phép."))
    if scope.held_since is None:
        return None
    return str(_("Bảng đứng yên từ %(moment)s đến khi vòng đóng.", moment=full_time(scope.held_since)))


def _refuse_unknown(contest: Contest, rule: int) -> None:
    if not 1 <= rule <= max(1, len(contest.collective)):
        raise NotFound("rule")


def _headcount_days(contest: Contest) -> str:
    """Of which day the units' headcounts are; empty where they are only those of the tree."""
    days = sorted({unit.headcount_on for unit in list_units(contest.id) if unit.headcount_on is not None})
    if not days:
        return ""
    if len(days) == 1:
        return str(_("Tổng số người: số liệu ngày %(day)s.", day=day(days[0])))
    return str(
        _(
            "Tổng số người: số liệu từ ngày %(first)s đến ngày %(last)s.",
            first=day(days[0]),
            last=day(days[-1]),
        )
    )


def _line(contest: Contest, scope: Scope, place: UnitPlace, rule: int) -> UnitLine:
    return UnitLine(
        code=place.code,
        name=place.name,
        rank=place.rank,
        value=place.value,
        share=place.share,
        people=place.people,
        headcount=place.headcount,
        attempts=place.attempts,
        trouble=place.trouble,
        url=_unit_url(contest, scope, place.code, rule),
        board=board_name(place.board) if place.board else "",
    )


def _unit_url(contest: Contest, scope: Scope, code: str, rule: int, page: int | None = None) -> str:
    return url_for(
        "standings.unit", slug=contest.slug, code=code, round=scope.number, rule=_named(rule), page=page
    )


def _page_url(contest: Contest, scope: Scope, page: int, q: str, division: str, rule: int) -> str:
    return url_for(
        "standings.units",
        slug=contest.slug,
        round=scope.number,
        q=q or None,
        division=division or None,
        rule=_named(rule),
        page=page,
    )


def _named(rule: int) -> int | None:
    """The first rule is not named in addresses."""
    return rule if rule > 1 else None


def _level(found: UnitSlice) -> str:
    name = found.rule.level or _("đơn vị")
    return str(_("%(level)s (%(count)s đơn vị)", level=name[:1].upper() + name[1:], count=found.competing))


def own_line(contest: Contest, round_: Round, entry_id: int, *, now: datetime, rule: int) -> UnitLine | None:
    """The line of an entrant's own unit, or of the nearest one above it that competes."""
    entry, scope = entries.find_entry(contest.id, entry_id), round_scope(round_, now)
    if entry is None or entry.unit_id is None:
        return None
    place = boards.unit_place(contest, scope, entry.unit_id, now=now, number=rule)
    return _line(contest, scope, place, rule) if place else None
