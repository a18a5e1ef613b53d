"""From a unit's account to its own figures: nothing outside its subtree, nothing that a prediction hides."""

from collections import Counter as Tally
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import url_for
from flask_babel import gettext as _

from quiz.accounts.models import Staff
from quiz.contests import labels
from quiz.contests import queries as contests
from quiz.contests.collective_labels import board_name
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import round_facts
from quiz.core.names import title_key
from quiz.scoring.collective import Trouble
from quiz.scoring.prediction import Counter
from quiz.standings.collective_boards import CollectiveBoard, CollectiveRow
from quiz.standings.queries import list_start_times
from quiz.standings.unit_boards import UnitTotals
from quiz.standings.unit_lines import RoundUnits, round_units
from quiz.unitdesk.choosing import Place, find_place
from quiz.unitdesk.pages import BelowLine, DayLine, NoContest, UnitDeskPage, UnitTile
from quiz.unitdesk.reaching import page_links, previous_rank, target_lines
from quiz.web.charts import compared
from quiz.web.filters import local, number, percent

_DASH, _LOWEST = "–", 3


def unit_desk(
    staff: Staff, slug: str | None, round_number: int | None, code: str | None, now: datetime
) -> UnitDeskPage | NoContest:
    """The page of the account's unit, or of one below it. Raises NotFound for anything else."""
    place = find_place(staff, slug, round_number, code, now)
    if place is None:
        return NoContest(staff.name)
    links = [(other.settings.display_title, _url(other), other is place.contest) for other in place.contests]
    if place.round_ is None:
        return _before_the_first_round(place.contest, place.unit, links, now)
    return _page(place, place.round_, links, now)


def _url(contest: Contest, round_: Round | None = None, code: str | None = None) -> str:
    return url_for("unitdesk.home", contest=contest.slug, round=round_.number if round_ else None, unit=code)


def _before_the_first_round(
    contest: Contest, unit: ContestUnit, links: Sequence[tuple[str, str, bool]], now: datetime
) -> UnitDeskPage:
    first = contests.current_round(contest, now)
    return UnitDeskPage(
        name=unit.name,
        contest_title=contest.settings.display_title,
        round=round_facts(first, now) if first else None,
        as_of=now,
        contests=tuple(links),
        rounds=(),
        parents=(),
        hero_label=_("Người dự thi"),
        hero="0",
        hero_note=_("Vòng đầu tiên chưa mở."),
        share=None,
        tiles=(),
        days=(),
        below=(),
        note="",
        public_url=url_for("public.contest", slug=contest.slug, _external=True),
        qr_url=url_for("public.qr", slug=contest.slug),
    )


def _page(place: Place, round_: Round, links: Sequence[tuple[str, str, bool]], now: datetime) -> UnitDeskPage:
    contest, unit = place.contest, place.unit
    of_round = round_units(contest, round_, now)
    totals = of_round.totals[unit.id]
    label, hero, note, share = _hero(unit, totals, of_round)
    days = _days(contest, round_, unit, of_round, now)
    return UnitDeskPage(
        name=unit.name,
        contest_title=contest.settings.display_title,
        round=round_facts(round_, now),
        as_of=now,
        contests=tuple(links) if len(links) > 1 else (),
        rounds=tuple(
            (row.settings.name, _url(contest, row, place.code), row.number == round_.number)
            for row in place.rounds
        ),
        parents=_parents(place, round_, of_round.units),
        hero_label=label,
        hero=hero,
        hero_note=note,
        share=share,
        tiles=(*_rank_tiles(place, of_round, now), *_tiles(totals, of_round)),
        days=days,
        chart=compared([(f"{line.day:%d/%m}", line.attempts, 0) for line in days]),
        below=_below(contest, round_, unit, of_round),
        note=_hidden_note(of_round),
        public_url=url_for("entries.enter", slug=contest.slug, unit=unit.code, _external=True),
        qr_url=url_for("sharing.qr_picture", slug=contest.slug, kind="svg", unit=unit.code),
        share_url=url_for("sharing.share", slug=contest.slug, unit=unit.code),
        targets=target_lines(contest, round_, unit, of_round, now),
        lowest=_lowest(contest, round_, unit, of_round),
        headcount_day=unit.headcount_on,
        links=page_links(place),
    )


def _hero(unit: ContestUnit, totals: UnitTotals, of_round: RoundUnits) -> tuple[str, str, str, float | None]:
    """The one big figure: the rate where the headcount is known, else the people; hidden where predicted."""
    people = number(totals.participants)
    if not of_round.shown.shows(Counter.PARTICIPANTS):
        return _("Người dự thi"), _DASH, _("hiện sau khi đóng vòng"), None
    if not unit.headcount:
        note = _(
            "Chưa có tổng số người của đơn vị nên chưa tính được tỷ lệ. Báo tổng số người cho Ban Tổ chức."
        )
        return _("Người dự thi"), people, note, None
    if totals.participants > unit.headcount:
        return _("Người dự thi"), people, str(labels.TROUBLES[Trouble.OVER_100_PERCENT]), None
    share = totals.participants / unit.headcount
    left = number(unit.headcount - totals.participants)
    note = _(
        "%(people)s trong %(all)s người, còn %(left)s người",
        people=people,
        all=number(unit.headcount),
        left=left,
    )
    return _("Tỷ lệ dự thi"), percent(share), note, share


def _rank_tiles(place: Place, of_round: RoundUnits, now: datetime) -> list[UnitTile]:
    """The unit's place under every collective rule in which it competes."""
    rules = max(1, len(place.contest.collective))
    tiles = []
    for rule in range(1, rules + 1):
        under = of_round if rule == 1 else round_units(place.contest, _of(place), now, rule)
        if (found := _board_row(under, place.unit)) is not None:
            named = [under.rule.name] if rules > 1 else []
            tiles.append(_rank_tile(under, *found, named, previous_rank(place, now, rule)))
    return tiles


def _of(place: Place) -> Round:
    assert place.round_ is not None
    return place.round_


def _tiles(totals: UnitTotals, of_round: RoundUnits) -> tuple[UnitTile, ...]:
    shown, later = of_round.shown, _("hiện sau khi đóng vòng")
    tiles = []
    attempts = number(totals.attempts) if shown.shows(Counter.ATTEMPTS) else _DASH
    each = (
        _("%(n)s lượt mỗi người", n=number(totals.attempts / totals.participants, 1))
        if totals.participants
        else ""
    )
    may_tell = shown.shows(Counter.ATTEMPTS) and shown.shows(Counter.PARTICIPANTS)
    tiles.append(
        UnitTile(_("Lượt thi"), attempts, each if may_tell else (later if attempts == _DASH else ""))
    )
    tiles.append(_mean_tile(of_round, totals))
    may_all = shown.board and shown.shows(Counter.PEOPLE_ALL_CORRECT)
    all_correct = number(totals.all_correct) if may_all else _DASH
    tiles.append(UnitTile(_("Đúng tất cả các câu"), all_correct, _("người") if may_all else later))
    return tuple(tiles)


def _board_row(of_round: RoundUnits, unit: ContestUnit) -> tuple[CollectiveBoard, CollectiveRow] | None:
    return next(
        ((board, row) for board in of_round.boards for row in board.rows if row.unit.id == unit.id), None
    )


def _rank_tile(
    of_round: RoundUnits, board: CollectiveBoard, row: CollectiveRow, named: list[str], before: str
) -> UnitTile:
    """The place on its board, of how many, and where it stood the round before."""
    name = ", ".join(one for one in (*named, board_name(board.key)) if one)
    label = _("Hạng, %(board)s", board=name) if name else _("Hạng")
    if not of_round.may_rank or of_round.shown.is_held:
        return UnitTile(label, _DASH, _("hiện sau khi đóng vòng"))
    is_ranked = row.rank is not None and row.totals.participants > 0
    of_all = _("trong %(n)s đơn vị", n=number(len(board.rows)))
    note = f"{of_all}, {before}" if before else of_all
    if row.trouble is not None:
        note = str(labels.TROUBLES[row.trouble])
    return UnitTile(label, str(row.rank) if is_ranked else _DASH, note)


def _mean_tile(of_round: RoundUnits, totals: UnitTotals) -> UnitTile:
    """Correct answers a person, beside those of the whole contest."""
    if not (of_round.shown.board and of_round.shown.shows(Counter.SCORE_SPREAD)):
        return UnitTile(_("Số câu đúng trung bình"), _DASH, _("hiện sau khi đóng vòng"))
    tops = [of_round.totals[unit.id] for unit in of_round.units if unit.parent_id is None]
    people = sum(top.participants for top in tops)
    note = ""
    if people:
        note = _("toàn cuộc thi %(n)s", n=number(sum(top.correct_sum for top in tops) / people, 1))
    mean = number(totals.correct_sum / totals.participants, 1) if totals.participants else _DASH
    return UnitTile(_("Số câu đúng trung bình"), mean, note)


def _days(
    contest: Contest, round_: Round, unit: ContestUnit, of_round: RoundUnits, now: datetime
) -> tuple[DayLine, ...]:
    """Attempts begun by day, nothing where the number of attempts is predicted."""
    if not of_round.shown.shows(Counter.ATTEMPTS):
        return ()
    below = [row.id for row in of_round.units if row.path.startswith(unit.path)]
    until = min(now, round_.closes_at)
    started = list_start_times(
        contest.id, round_.opens_at, until, round_number=round_.number, unit_ids=below, closed_only=True
    )
    tally = Tally(local(moment).date() for moment in started)
    if not tally:
        return ()
    first, last = min(tally), max(tally)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(DayLine(day, tally[day]) for day in every)


def _rate(unit: ContestUnit, totals: UnitTotals) -> float | None:
    """The share of a unit's people; none where it cannot be one."""
    if not unit.headcount or totals.participants > unit.headcount:
        return None
    return totals.participants / unit.headcount


def _below(contest: Contest, round_: Round, unit: ContestUnit, of_round: RoundUnits) -> tuple[BelowLine, ...]:
    shown = of_round.shown
    lines = []
    for child in of_round.units:
        if child.parent_id == unit.id:
            totals = of_round.totals[child.id]
            lines.append(
                BelowLine(
                    code=child.code,
                    name=child.name,
                    people=totals.participants if shown.shows(Counter.PARTICIPANTS) else None,
                    headcount=child.headcount,
                    attempts=totals.attempts if shown.shows(Counter.ATTEMPTS) else None,
                    url=_url(contest, round_, child.code),
                    share=_rate(child, totals) if shown.shows(Counter.PARTICIPATION_RATE) else None,
                    is_over=bool(child.headcount)
                    and totals.participants > (child.headcount or 0)
                    and shown.shows(Counter.PARTICIPATION_RATE),
                )
            )
    return tuple(lines)


def _lowest(
    contest: Contest, round_: Round, unit: ContestUnit, of_round: RoundUnits
) -> tuple[BelowLine, ...]:
    """The units right below with the lowest rates, where rates may be told."""
    if not of_round.shown.shows(Counter.PARTICIPATION_RATE):
        return ()
    lines = [line for line in _below(contest, round_, unit, of_round) if line.share is not None]
    return tuple(sorted(lines, key=lambda line: (line.share, title_key(line.name)))[:_LOWEST])


def _parents(place: Place, round_: Round, units: Sequence[ContestUnit]) -> tuple[tuple[str, str], ...]:
    """The way from the account's own unit down to the one that is shown."""
    codes = [code for code in place.unit.path.split("/") if code]
    names = {row.code: row.name for row in units}
    return tuple(
        (names[code], _url(place.contest, round_, code)) for code in codes[codes.index(place.own.code) :]
    )


def _hidden_note(of_round: RoundUnits) -> str:
    if not of_round.shown.hidden:
        return ""
    return _("Một số con số hiện sau khi đóng vòng, để giữ kín số đang được dự đoán.")
