"""People of a unit's roster who have not taken part in a round: names and years of the own subtree only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from question_bank.folding import fold
from quiz.contests.models import ContestUnit, Round
from quiz.contests.queries import list_units
from quiz.scoring.prediction import Counter
from quiz.standings import span_queries
from quiz.standings.collective_reading import visible_over
from quiz.unitdesk.choosing import Place

PER_PAGE, MOST_IN_FILE, WHOLE = 50, 20_000, 0  # WHOLE: no page of it but everything, for a file
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class AbsentLine:
    """Somebody who has not taken part in the round; `earlier` names the rounds in which they did."""

    name: str
    born: str
    unit: str
    earlier: str


@dataclass(frozen=True, slots=True)
class AbsentPage:
    """A page of the list. `note` says why there is none; `units` are (code, name) to choose from."""

    name: str
    contest_title: str
    round_name: str
    lines: tuple[AbsentLine, ...]
    total: int
    listed: int
    page: int
    pages: int
    units: tuple[tuple[str, str], ...]
    note: str


def absent_page(place: Place, round_: Round, *, q: str, page: int, now: datetime) -> AbsentPage:
    """People of the roster of the unit, or of one below it, without a result in the round.

    `page` WHOLE: everybody, as a file has them. How many are missing tells how many took part, so that there
    is no list while that is predicted.
    """
    units = list_units(place.contest.id)
    below = {unit.id: unit for unit in units if unit.path.startswith(place.unit.path)}
    means = units_meant(span_queries.list_roster_units(place.contest.id), units)
    texts = [text for text, unit in means.items() if unit.id in below]
    note = _why_not(round_, texts, now)
    rows, total, listed = [], 0, 0
    if not note:
        listed = span_queries.count_roster_of(place.contest.id, texts)
        page, size = (1, MOST_IN_FILE) if page == WHOLE else (max(1, page), PER_PAGE)
        rows_found, total = span_queries.list_absent(
            place.contest.id, texts, round_.number, text=q, limit=size, offset=(page - 1) * size
        )
        rows = list(rows_found)
    names = {one.number: one.settings.name for one in place.rounds if _may_tell(one, now)}
    earlier: dict[int, list[int]] = {}
    for start in range(0, len(rows), _AT_ONCE):
        ids = [row.id for row in rows[start : start + _AT_ONCE]]
        earlier |= span_queries.rounds_of_roster(place.contest.id, ids)
    return AbsentPage(
        name=place.unit.name,
        contest_title=place.contest.settings.display_title,
        round_name=round_.settings.name,
        lines=tuple(
            AbsentLine(
                name=row.name,
                born=str(row.birth_date.year) if row.birth_date else "",
                unit=means[row.unit or ""].name,
                earlier=", ".join(names[number] for number in earlier.get(row.id, ()) if number in names),
            )
            for row in rows
        ),
        total=total,
        listed=listed,
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
        units=tuple((unit.code, unit.name) for unit in units if unit.path.startswith(place.own.path)),
        note=note,
    )


def units_meant(texts: Sequence[str], units: Sequence[ContestUnit]) -> dict[str, ContestUnit]:
    """The units that a roster's words mean: by code, or by a name that only one unit has."""
    by_code = {unit.code: unit for unit in units}
    by_name: dict[str, list[ContestUnit]] = {}
    for unit in units:
        for name in {fold(unit.name), fold(unit.short_name or "")} - {""}:
            by_name.setdefault(name, []).append(unit)
    found = {}
    for text in texts:
        named = by_name.get(fold(text), [])
        unit_meant = by_code.get(text) or (named[0] if len(named) == 1 else None)
        if unit_meant is not None:
            found[text] = unit_meant
    return found


def _why_not(round_: Round, texts: Sequence[str], now: datetime) -> str:
    if not _may_tell(round_, now):
        return str(_("Danh sách hiện sau khi đóng vòng, để giữ kín số người dự thi đang được dự đoán."))
    if not texts:
        return str(_("Chưa có danh sách người của đơn vị để đối chiếu. Gửi danh sách cho Ban Tổ chức."))
    return ""


def _may_tell(round_: Round, now: datetime) -> bool:
    """Whether it may be known who took part in a round."""
    return visible_over([round_], now).shows(Counter.PARTICIPANTS)
