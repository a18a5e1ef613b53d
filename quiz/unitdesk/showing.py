"""From a unit's account to its own figures: nothing outside its subtree, nothing that a prediction hides."""

from collections import Counter as Tally
from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from quiz.accounts.models import Staff
from quiz.contests import labels
from quiz.contests import queries as contests
from quiz.contests.collective_labels import order_in_words
from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.pages import round_facts
from quiz.contests.phases import Phase
from quiz.core.errors import NotFound
from quiz.scoring.collective import Trouble
from quiz.scoring.prediction import Counter
from quiz.standings.queries import list_start_times
from quiz.standings.unit_boards import UnitTotals
from quiz.standings.unit_lines import RoundUnits, round_units
from quiz.unitdesk.pages import BelowLine, DayLine, NoContest, UnitDeskPage, UnitTile
from quiz.web.filters import local, number, percent

_DASH = "–"


def unit_desk(
    staff: Staff, slug: str | None, round_number: int | None, code: str | None, now: datetime
) -> UnitDeskPage | NoContest:
    """The page of the account's unit, or of one below it. Raises NotFound for anything else."""
    mine = [contest for contest in contests.list_public_contests() if _takes_part(staff, contest)]
    if not mine:
        return NoContest(staff.name)
    contest = _chosen_contest(mine, slug, now)
    unit = _unit_of(staff, contest, code)
    rounds = [
        row for row in contests.list_counting_rounds(contest) if row.window.phase(now) is not Phase.SCHEDULED
    ]
    round_ = _chosen_round(contest, rounds, round_number, now)
    links = [(other.settings.display_title, _url(other), other is contest) for other in mine]
    if round_ is None:
        return _before_the_first_round(contest, unit, links, now)
    return _page(staff, contest, round_, unit, links, rounds, now)


def _takes_part(staff: Staff, contest: Contest) -> bool:
    """Whether the contest took the account's unit over from the account's tree."""
    is_of_tree = contest.tree_id is not None and contest.tree_id == staff.tree_id
    return is_of_tree and contests.find_unit(contest.id, staff.unit_code or "") is not None


def _chosen_contest(mine: Sequence[Contest], slug: str | None, now: datetime) -> Contest:
    if slug is not None:
        found = next((contest for contest in mine if contest.slug == slug), None)
        if found is None:
            raise NotFound("contest")
        return found

    def is_open(contest: Contest) -> bool:
        current = contests.current_round(contest, now)
        return current is not None and current.window.phase(now) in (Phase.OPEN, Phase.PAUSED)

    return next((contest for contest in mine if is_open(contest)), mine[0])


def _unit_of(staff: Staff, contest: Contest, code: str | None) -> ContestUnit:
    """The unit that is asked for, if it is the account's own or stands below it."""
    own = contests.find_unit(contest.id, staff.unit_code or "")
    unit = own if code is None else contests.find_unit(contest.id, code)
    if own is None or unit is None or not unit.path.startswith(own.path):
        raise NotFound("unit")
    return unit


def _chosen_round(
    contest: Contest, rounds: Sequence[Round], asked: int | None, now: datetime
) -> Round | None:
    if asked is not None:
        found = next((round_ for round_ in rounds if round_.number == asked), None)
        if found is None:
            raise NotFound("round")
        return found
    current = contests.current_round(contest, now)
    return current if current in rounds else (rounds[-1] if rounds else None)


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


def _page(
    staff: Staff,
    contest: Contest,
    round_: Round,
    unit: ContestUnit,
    links: Sequence[tuple[str, str, bool]],
    rounds: Sequence[Round],
    now: datetime,
) -> UnitDeskPage:
    of_round = round_units(contest, round_, now)
    totals = of_round.totals[unit.id]
    code = unit.code if unit.code != staff.unit_code else None
    label, hero, note, share = _hero(unit, totals, of_round)
    return UnitDeskPage(
        name=unit.name,
        contest_title=contest.settings.display_title,
        round=round_facts(round_, now),
        as_of=now,
        contests=tuple(links) if len(links) > 1 else (),
        rounds=tuple(
            (row.settings.name, _url(contest, row, code), row.number == round_.number) for row in rounds
        ),
        parents=_parents(staff, contest, round_, unit, of_round.units),
        hero_label=label,
        hero=hero,
        hero_note=note,
        share=share,
        tiles=_tiles(unit, totals, of_round),
        days=_days(contest, round_, unit, of_round, now),
        below=_below(contest, round_, unit, of_round),
        note=_hidden_note(of_round),
        public_url=url_for("public.contest", slug=contest.slug, _external=True),
        qr_url=url_for("public.qr", slug=contest.slug),
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


def _tiles(unit: ContestUnit, totals: UnitTotals, of_round: RoundUnits) -> tuple[UnitTile, ...]:
    shown, later = of_round.shown, _("hiện sau khi đóng vòng")
    row = next((row for row in of_round.rows if row.unit.id == unit.id), None)
    tiles = []
    if row is not None:
        rank = str(row.rank) if of_round.may_rank and row.rank and totals.participants else _DASH
        of_all = _(
            "trong %(n)s đơn vị, xếp theo %(formula)s",
            n=len(of_round.rows),
            formula=order_in_words(of_round.rule),
        )
        tiles.append(UnitTile(_("Hạng"), rank, of_all if of_round.may_rank else later))
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
    mean = totals.mean_share if shown.board and shown.shows(Counter.SCORE_SPREAD) else None
    may_mean = shown.board and shown.shows(Counter.SCORE_SPREAD)
    tiles.append(
        UnitTile(
            _("Tỷ lệ câu đúng"),
            percent(float(mean)) if mean is not None else _DASH,
            "" if may_mean else later,
        )
    )
    may_all = shown.board and shown.shows(Counter.PEOPLE_ALL_CORRECT)
    all_correct = number(totals.all_correct) if may_all else _DASH
    tiles.append(UnitTile(_("Đúng tất cả các câu"), all_correct, _("người") if may_all else later))
    return tuple(tiles)


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
    busiest = max(tally.values(), default=0)
    return tuple(DayLine(day, count, count / busiest) for day, count in sorted(tally.items()))


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
                )
            )
    return tuple(lines)


def _parents(
    staff: Staff, contest: Contest, round_: Round, unit: ContestUnit, units: Sequence[ContestUnit]
) -> tuple[tuple[str, str], ...]:
    """The way from the account's own unit down to the one that is shown."""
    own = staff.unit_code or ""
    codes = [code for code in unit.path.split("/") if code]
    names = {row.code: row.name for row in units}
    return tuple((names[code], _url(contest, round_, code)) for code in codes[codes.index(own) :])


def _hidden_note(of_round: RoundUnits) -> str:
    if not of_round.shown.hidden:
        return ""
    return _("Một số con số hiện sau khi đóng vòng, để giữ kín số đang được dự đoán.")
