"""The report about a round: figures, winners, units, from the same boards that everybody sees."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from quiz.attempts.models import Result
from quiz.awards.certifying import heading_of
from quiz.awards.heading import day_in_words
from quiz.awards.pages import AwardsPage, WinnerLine, awards_page
from quiz.awards.paper_values import Paper, PaperSection, PaperTable, Row
from quiz.awards.prized import Prized, prized
from quiz.awards.queries import count_people, results_of
from quiz.awards.unit_pages import UnitAwardsPage, unit_awards_page
from quiz.contests.models import Contest, Round, StandingList
from quiz.contests.pages import criteria_words
from quiz.contests.queries import list_counting_rounds
from quiz.standings.boards import PeopleRow, people_slice
from quiz.standings.queries import figures
from quiz.standings.scopes import Scope, list_scope, round_scope
from quiz.standings.unit_slices import UnitPlace, unit_slice
from quiz.web.filters import duration, number, percent

_BEST_UNITS = 10
MOST_PEOPLE = 1_000_000  # a sheet of Excel has 1,048,576 lines
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What the organiser adds by hand."""

    number: str = ""
    proposals: str = ""


def report_paper(contest: Contest, of: Round | StandingList, asked: Asked, now: datetime) -> Paper:
    """The report of a round or of a combined list whose results are fixed."""
    found = prized(of)
    heading, decision = heading_of(contest), found.round_.decision
    zone, name = contest.settings.zone, found.name
    units = _units(contest, of, now) if isinstance(of, Round) else []
    proposals = tuple(line.strip() for line in asked.proposals.splitlines() if line.strip())
    sections = [
        PaperSection("Kết quả tham gia", (_taking_part(contest, of),), _best_units(units)),
        _winners_section(found, awards_page(contest, of)),
    ]
    if (collective := unit_awards_page(contest, of)).has_prizes:
        sections.append(_honoured_section(collective))
    if proposals:
        sections.append(PaperSection("Đề nghị", proposals))
    return Paper(
        heading=heading,
        number=asked.number,
        mark=heading.report_mark,
        day=now.astimezone(zone).date(),
        kind="BÁO CÁO",
        about=f"Kết quả {name}, {contest.settings.title}",
        opening=(_opening(contest, found),),
        sections=tuple(sections),
        closing=f"Trên đây là báo cáo kết quả {name} của cuộc thi./.",
        signer=heading.signer or (decision.signer if decision else ""),
        annexes=_annexes(units),
    )


def _opening(contest: Contest, of: Prized) -> str:
    zone, basis = contest.settings.zone, contest.settings.decision
    opens, closes = min(one.opens_at for one in of.rounds), max(one.closes_at for one in of.rounds)
    first, last = (_moment(one.astimezone(zone)) for one in (opens, closes))
    begin = f"Thực hiện văn bản số {basis.number} {day_in_words(basis.date)}, " if basis else ""
    rounds = f"{', '.join(one.settings.name for one in of.rounds)}, " if of.list_number else ""
    words = f"{begin}Ban Tổ chức cuộc thi báo cáo kết quả {of.name} ({rounds}từ {first} đến {last})"
    if decision := of.round_.decision:
        words += f", được công nhận tại Quyết định số {decision.number} {day_in_words(decision.date)},"
    return f"{words} như sau:"


def _moment(moment: datetime) -> str:
    return f"{moment:%H} giờ {moment:%M} {day_in_words(moment.date())}"


def _taking_part(contest: Contest, of: Round | StandingList) -> str:
    if isinstance(of, StandingList):
        return f"Có {number(count_people(of))} người có kết quả ở {of.settings.name}."
    round_ = of
    found, definition = figures(contest.id, round_.number), round_.settings
    words = (
        f"Có {number(found.participants)} người với {number(found.attempts)} lượt dự thi. "
        f"Có {number(found.people_all_correct)} người trả lời đúng cả "
        f"{number(definition.paper.question_count)} câu."
    )
    if round_.actual_number is not None and round_.actual_at is not None and definition.prediction:
        actual = number(float(round_.actual_number), definition.prediction.decimals)
        at = _moment(round_.actual_at.astimezone(contest.settings.zone))
        words += f" Con số dự đoán được chốt là {actual}, lúc {at}."
    return words


def organisers_scope(contest: Contest, of: Round | StandingList, now: datetime) -> Scope:
    """The board as organisers may see it once results are fixed, also before they are published."""
    if isinstance(of, Round):
        scope = round_scope(of, now)
    else:
        scope = list_scope(of, list_counting_rounds(contest), now)
    return replace(scope, shown=replace(scope.shown, board=True, most_rows=None, hidden=frozenset()))


def _units(contest: Contest, round_: Round, now: datetime) -> list[tuple[str, Sequence[UnitPlace]]]:
    """Name of each collective rule with its units in order; the plain board where there is no rule."""
    scope = organisers_scope(contest, round_, now)
    found: list[tuple[str, Sequence[UnitPlace]]] = []
    for place in range(1, max(1, len(contest.collective)) + 1):
        board = unit_slice(contest, scope, now=now, number=place)
        rows = [row for row in board.rows if row.people]
        if rows:
            found.append((board.rule.name, rows))
    return found


def _best_units(units: list[tuple[str, Sequence[UnitPlace]]]) -> tuple[PaperTable, ...]:
    return tuple(
        _unit_table(f"{name}: các đơn vị đứng đầu" if name else "Các đơn vị đứng đầu", rows[:_BEST_UNITS])
        for name, rows in units
    )


def _annexes(units: list[tuple[str, Sequence[UnitPlace]]]) -> tuple[PaperSection, ...]:
    return tuple(
        PaperSection(
            f"Phụ lục: {name or 'Xếp hạng các đơn vị'}",
            (),
            (_unit_table("Tất cả các đơn vị có người dự thi", rows),),
        )
        for name, rows in units
        if len(rows) > _BEST_UNITS
    )


def _unit_table(caption: str, rows: Sequence[UnitPlace]) -> PaperTable:
    return PaperTable(
        caption,
        ("Hạng", "Đơn vị", "Tổng số", "Người dự thi", "Tỷ lệ (%)", "Lượt"),
        "clrrrr",
        (1.2, 5, 1.5, 1.7, 1.6, 1.5),
        tuple(_unit_row(row) for row in rows),
    )


def _unit_row(row: UnitPlace) -> Row:
    people, headcount = row.people or 0, row.headcount
    if not headcount:
        share = ""
    elif people > headcount:
        share = "số liệu sai"
    else:
        share = percent(people / headcount).removesuffix("%").strip()
    return (
        str(row.rank or ""),
        row.name,
        number(headcount) if headcount else "",
        number(people),
        share,
        number(row.attempts or 0),
    )


def _winners_section(of: Prized, page: AwardsPage) -> PaperSection:
    """Winners with names in full: the paper goes to whoever decides about the prizes."""
    order = ", rồi ".join(criteria_words(of.ranking))
    words = [f"Xếp hạng: {order}."]
    if page.ties:
        words.append(f"Còn {len(page.ties)} nhóm bằng hạng ở ranh giới giải chưa quyết định.")
    if not page.total:
        words.append("Không có người đạt giải.")
    predicted = _predicted(of, page)
    tables = tuple(_winner_table(name, lines, predicted) for name, lines in page.lists)
    return PaperSection("Cá nhân đạt giải", tuple(words), tables)


def _predicted(of: Prized, page: AwardsPage) -> dict[int, tuple[str, str]] | None:
    """What each winner predicted and how far off it was; None where nothing is predicted."""
    rule = of.of.settings.prediction if isinstance(of.of, Round) else None
    if rule is None:
        return None

    def shown(value: str | None) -> str:
        return number(float(value), rule.decimals) if value else ""

    results = results_of(of, [line.entry_id for _name, lines in page.lists for line in lines])
    return {
        entry_id: (shown(result.prediction), shown(result.prediction_error))
        for entry_id, result in results.items()
        if isinstance(result, Result)
    }


def _winner_table(
    name: str, lines: Sequence[WinnerLine], predicted: Mapping[int, tuple[str, str]] | None
) -> PaperTable:
    """One list of winners; with what they predicted where that is what decides between equals."""
    before = [("TT", "c", 0.8), ("Họ và tên", "l", 3.1), ("Đơn vị", "l", 3.3), ("Câu đúng", "c", 1.1)]
    within = [] if predicted is None else [("Dự đoán", "r", 1.1), ("Độ lệch", "r", 1)]
    after = [("Thời gian", "c", 1.2), ("Giải", "l", 2.7 if predicted is None else 2)]
    heads, sides, widths = zip(*before, *within, *after, strict=True)
    rows = []
    for place, line in enumerate(lines, start=1):
        told = () if predicted is None else predicted.get(line.entry_id, ("", ""))
        correct, time = f"{line.correct}/{line.total}", duration(line.duration_ms)
        prize = _prize(line.prize, line.amount)
        rows.append((str(place), line.name, line.unit, correct, *told, time, prize))
    caption = f"Người đạt giải, {name}" if name else "Người đạt giải"
    return PaperTable(caption, heads, "".join(sides), widths, tuple(rows))


def _honoured_section(page: UnitAwardsPage) -> PaperSection:
    """Units with a prize, on each board of each rule."""
    words = []
    if page.ties:
        words.append(f"Còn {len(page.ties)} nhóm bằng hạng ở ranh giới giải chưa quyết định.")
    if not page.total:
        words.append("Không có tập thể đạt giải.")
    tables = tuple(
        PaperTable(
            f"{board.rule}, {board.board}" if board.board else board.rule,
            ("TT", "Đơn vị", "Kết quả", "Người dự thi", "Giải"),
            "clrrl",
            (0.8, 4.6, 1.6, 1.6, 2.6),
            tuple(
                (str(place), line.name, line.value, number(line.people), _prize(line.prize, line.amount))
                for place, line in enumerate(board.lines, start=1)
            ),
        )
        for board in page.boards
    )
    return PaperSection("Tập thể đạt giải", tuple(words), tables)


def _prize(name: str, amount: str) -> str:
    return f"{name} ({amount})" if amount else name


def people_table(contest: Contest, of: Round | StandingList, now: datetime) -> PaperTable:
    """The whole board of people with the names as the public sees them."""
    return PaperTable(
        "Xếp hạng cá nhân",
        ("Hạng", "Họ và tên", "Số điện thoại", "Đơn vị", "Câu đúng", "Thời gian", "Độ lệch", "Giải"),
        "clllccrl",
        (1, 3, 2, 3, 1.2, 1.4, 1.2, 2),
        tuple(_person_rows(contest, organisers_scope(contest, of, now), now)),
    )


def _person_rows(contest: Contest, scope: Scope, now: datetime) -> Iterator[Row]:
    """Everybody in order; entries of some thousand people at a time are held in memory."""
    for offset in range(0, MOST_PEOPLE, _AT_ONCE):
        found = people_slice(contest, scope, now=now, offset=offset, limit=_AT_ONCE).rows
        yield from map(_person_row, found)
        if len(found) < _AT_ONCE:
            return


def _person_row(row: PeopleRow) -> Row:
    return (
        str(row.rank),
        row.name,
        row.phone,
        row.unit,
        f"{row.correct}/{row.total}",
        duration(row.duration_ms),
        row.prediction_error or "",
        row.prize or "",
    )
