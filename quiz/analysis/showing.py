"""From stored figures to the pages of a round and of one question."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from question_bank.score_groups import score_groups
from question_bank.statistics import Asked, Flag, ItemStatistics, Tally, statistics_of
from quiz.accounts.permissions import Permission
from quiz.analysis import queries
from quiz.analysis.asking import subject
from quiz.analysis.choosing import COLUMNS, Line, is_meaningful, needs_review, ordered
from quiz.analysis.labels import COLUMNS as COLUMN_WORDS
from quiz.analysis.pages import (
    LETTERS,
    ChoiceLine,
    ColumnHead,
    Filter,
    ItemLine,
    ItemPage,
    ItemsPage,
    RoundFigures,
)
from quiz.analysis.plots import ColumnChart, column_chart, trace_chart
from quiz.analysis.queries import ItemRow
from quiz.analysis.service import KIND
from quiz.analysis.tallies import loaded_tally
from quiz.bank.values import loaded_choices
from quiz.contests.models import Contest, Round
from quiz.contests.pages import round_facts
from quiz.contests.phases import Phase
from quiz.contests.queries import list_rounds
from quiz.jobs.queries import find_latest
from quiz.jobs.states import JobState
from quiz.web.paging import Pages, asked_page

PER_PAGE = 50
_BEFORE = (Phase.DRAFT, Phase.SCHEDULED)


def items_page(contest: Contest, round_: Round, now: datetime) -> ItemsPage:
    """The questions of a round, sorted and chosen as the address asks."""
    is_running = not round_.window.phase(now).is_over
    found = queries.find_analysis(contest.id, round_.number)
    rows = queries.list_items(contest.id, round_.number) if found else []
    lines = [item_line(contest, row) for row in rows]
    address = {"slug": contest.slug, "number": round_.number}
    shown, heads, filters, paged = table_of(lines, address)
    job = find_latest(KIND, subject(contest.id, round_.number))
    return ItemsPage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        facts=round_facts(round_, now),
        tabs=_tabs(contest, round_, now),
        figures=_figures(found, len(rows)) if found else None,
        # The number of people with all answers right may be what is predicted: not before the round is over.
        scores=_scores(found.distribution) if found and not is_running else None,
        facilities=facility_chart(lines),
        heads=heads,
        filters=filters,
        lines=tuple(shown),
        pages=paged,
        job_url=url_for("jobs.job", job_id=job.id) if job and not JobState(job.state).is_over else "",
        may_compute=bool(current_user.can(Permission.RUN_ROUNDS)),
        is_running=is_running,
    )


def _tabs(contest: Contest, chosen: Round, now: datetime) -> tuple[tuple[str, str, str, bool], ...]:
    return tuple(
        (
            one.settings.name,
            url_for("analysis.items", slug=contest.slug, number=one.number),
            "",
            one.number == chosen.number,
        )
        for one in list_rounds(contest)
        if one.window.phase(now) not in _BEFORE
    )


def _figures(found: Any, questions: int) -> RoundFigures:
    return RoundFigures(
        computed_at=found.computed_at,
        attempts=found.attempts,
        closed=found.closed,
        mean=found.mean,
        deviation=found.deviation,
        alpha=found.alpha,
        error=found.error,
        questions=questions,
    )


def _scores(distribution: Sequence[Sequence[int]]) -> ColumnChart | None:
    counts = {int(total): int(times) for total, times in distribution}
    return column_chart([(str(total), counts.get(total, 0)) for total in range(max(counts, default=-1) + 1)])


def facility_chart(lines: Sequence[ItemLine]) -> ColumnChart | None:
    """How many questions lie in each tenth of the share of right answers."""
    bins = [0] * 10
    for line in lines:
        if line.facility is not None:
            bins[min(9, int(line.facility * 10))] += 1
    return column_chart([(f"{tenth * 10}–{tenth * 10 + 10}", count) for tenth, count in enumerate(bins)])


def item_line(contest: Contest, row: ItemRow) -> ItemLine:
    """A row of the table; figures of fewer than ten attempts are left out."""
    found = row.figures
    shown = is_meaningful(found.attempts)
    return ItemLine(
        revision_id=found.revision_id,
        question_id=found.question_id,
        number=row.question.number,
        wording=row.revision.number,
        text=row.revision.text,
        topic=row.revision.topic,
        level=row.revision.level,
        attempts=found.attempts,
        facility=found.facility if shown else None,
        discrimination=found.discrimination if shown else None,
        efficiency=found.efficiency if shown else None,
        weight=found.weight if shown else None,
        difficulty=found.difficulty if shown else None,
        difficulty_error=found.difficulty_error if shown else None,
        infit=found.infit if shown else None,
        outfit=found.outfit if shown else None,
        flags=tuple(Flag(flag) for flag in found.flags),
        is_meaningful=shown,
        bank_slug=row.bank_slug,
        url=url_for(
            "analysis.item", slug=contest.slug, number=found.round_number, revision_id=found.revision_id
        ),
    )


def table_of(
    lines: Sequence[Line], address: dict[str, Any]
) -> tuple[list[Line], tuple[ColumnHead, ...], tuple[Filter, ...], Pages]:
    """One page of the lines that the address asks for, with headings that sort and the filter above."""
    column = request.args.get("sort", "")
    column = column if column in COLUMNS else "number"
    descending = request.args.get("dir") == "desc"
    only_review = request.args.get("show") == "review"
    kept = address | ({"show": "review"} if only_review else {})
    review = [line for line in lines if needs_review(line.flags)]
    chosen = ordered(review if only_review else lines, column, descending=descending)
    count = max(1, -(-len(chosen) // PER_PAGE))
    number = min(asked_page(), count)
    endpoint = request.endpoint or ""
    filters = (
        Filter(_("Tất cả"), url_for(endpoint, **address), len(lines), not only_review),
        Filter(_("Cần xem lại"), url_for(endpoint, **address, show="review"), len(review), only_review),
    )
    heads = tuple(_head(name, column, descending, endpoint, kept) for name in COLUMNS)
    order = {"sort": column, "dir": "desc" if descending else ""} if column != "number" or descending else {}
    part = chosen[(number - 1) * PER_PAGE : number * PER_PAGE]
    address_of = kept | {key: value for key, value in order.items() if value}
    paged = Pages(number, count, lambda page: url_for(endpoint, **address_of, page=page))
    return part, heads, filters, paged


def _head(name: str, column: str, descending: bool, endpoint: str, kept: dict[str, Any]) -> ColumnHead:
    """A second click turns the order round."""
    turned: dict[str, Any] = {"dir": "desc"} if name == column and not descending else {}
    state = ("descending" if descending else "ascending") if name == column else ""
    url = url_for(endpoint, **kept, sort=name, **turned)
    return ColumnHead(str(COLUMN_WORDS[name]), url, state, name != "number")


def item_page(contest: Contest, round_: Round, row: ItemRow) -> ItemPage:
    """One question of a round."""
    tally = loaded_tally(row.figures.tally)
    texts = [choice.text for choice in loaded_choices(row.revision.choices)]
    figures = statistics_of(tally, Asked(len(texts), tuple(row.revision.correct)))
    line = item_line(contest, row)
    items_url = url_for("analysis.items", slug=contest.slug, number=round_.number)
    return ItemPage(
        title=contest.settings.display_title,
        round_name=round_.settings.name,
        trail=(
            (contest.settings.display_title, url_for("organiser.contest", slug=contest.slug)),
            (_("Thống kê câu hỏi %(round)s", round=round_.settings.name), items_url),
        ),
        line=line,
        choices=choice_lines(figures, texts) if line.is_meaningful else (),
        unanswered=tally.unanswered,
        **_groups(tally, texts, row.revision.correct, shown=line.is_meaningful),
        is_share=False,
        rounds=(),
        editor_url=editor_url(row.bank_slug, row.question.number),
    )


def _groups(tally: Tally, texts: Sequence[str], correct: Sequence[int], *, shown: bool) -> dict[str, Any]:
    groups = score_groups(tally, len(texts)) if shown else ()
    return {"groups": groups, "chart": trace_chart([group.shares for group in groups], correct)}


def choice_lines(figures: ItemStatistics, texts: Sequence[str]) -> tuple[ChoiceLine, ...]:
    """The choices in the order of the wording."""
    return tuple(
        ChoiceLine(
            letter=LETTERS[one.choice],
            text=texts[one.choice],
            is_key=one.is_correct,
            is_suspect=one.choice == figures.suspected_key,
            picks=one.picks,
            share=one.share,
            mean_rest=one.mean_rest,
            correlation=one.correlation,
        )
        for one in figures.choices
    )


def editor_url(bank_slug: str, number: int) -> str:
    """Where the question is edited, for those who may see banks."""
    may_see = current_user.can(Permission.SEE_BANKS)
    return url_for("bank.question", slug=bank_slug, number=number) if may_see else ""
