"""A bank's questions summed over the rounds that have ended, as the page of the bank shows them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from question_bank.folding import loose_key
from question_bank.score_groups import score_groups
from question_bank.statistics import Asked, statistics_of
from quiz.analysis import queries
from quiz.analysis.choosing import is_meaningful
from quiz.analysis.pages import BankPage, ItemLine, ItemPage
from quiz.analysis.plots import trace_chart
from quiz.analysis.queries import PlayedRow
from quiz.analysis.showing import choice_lines, editor_url, facility_chart, item_line, table_of
from quiz.analysis.tallies import Part, loaded_tally, places_of, summed
from quiz.bank.models import Bank
from quiz.bank.values import loaded_choices
from quiz.core.caches import new_cache
from quiz.core.errors import NotFound

Stamp = tuple[tuple[int, int, int, datetime], ...]
_kept: dict[int, tuple[Stamp, list[ItemLine]]] = new_cache()


def bank_page(bank: Bank, total: int, now: datetime) -> BankPage:
    """All questions of the bank that have been played, sorted and chosen as the address asks."""
    stamp = tuple(
        (round_.contest_id, round_.number, count, computed_at)
        for round_, count, computed_at in queries.rounds_of_bank(bank.id)
        if round_.window.phase(now).is_over
    )
    lines = _lines(bank, stamp, now)
    shown, heads, filters, paged = table_of(lines, {"slug": bank.slug})
    return BankPage(
        slug=bank.slug,
        title=bank.title,
        heads=heads,
        filters=filters,
        lines=tuple(shown),
        facilities=facility_chart(lines),
        pages=paged,
        rounds=len(stamp),
        unused=max(0, total - len(lines)),
    )


def _lines(bank: Bank, stamp: Stamp, now: datetime) -> list[ItemLine]:
    """All questions, summed anew only when a round was computed or has ended since."""
    kept = _kept.get(bank.id)
    if kept is not None and kept[0] == stamp:
        return kept[1]
    rows = _over(queries.list_of_bank(bank.id), now)
    lines = [
        replace(
            _summed_line(list(group)),
            url=url_for("analysis.bank_item", slug=bank.slug, number=number),
        )
        for number, group in groupby(rows, key=lambda row: row.item.question.number)
    ]
    _kept[bank.id] = (stamp, lines)
    return lines


def bank_item_page(bank: Bank, number: int, now: datetime) -> ItemPage:
    """One question over all its rounds. Raises NotFound when none has ended."""
    rows = _over(queries.list_of_bank(bank.id, number), now)
    if not rows:
        raise NotFound("item")
    kept, parts = _same_wording(rows)
    newest = kept[-1].item
    texts, asked = _asked(newest)
    tally = summed(parts)
    line = _summed_line(rows)
    groups = score_groups(tally, len(texts)) if line.is_meaningful else ()
    return ItemPage(
        title=bank.title,
        round_name=_("mọi vòng đã kết thúc"),
        trail=(
            (bank.title, url_for("bank.bank", slug=bank.slug)),
            (_("Thống kê câu hỏi"), url_for("analysis.bank", slug=bank.slug)),
        ),
        line=line,
        choices=choice_lines(statistics_of(tally, asked), texts) if line.is_meaningful else (),
        unanswered=tally.unanswered,
        groups=groups,
        chart=trace_chart([group.shares for group in groups], asked.correct),
        is_share=True,
        rounds=tuple(
            (
                f"{row.contest.settings.display_title} · {row.round.settings.name}",
                item_line(row.contest, row.item),
            )
            for row in rows
        ),
        editor_url=editor_url(bank.slug, number),
    )


def _over(rows: Sequence[PlayedRow], now: datetime) -> list[PlayedRow]:
    """Only rounds that have ended: a running one may be told of on its own page alone."""
    return [row for row in rows if row.round.window.phase(now).is_over]


def _summed_line(rows: Sequence[PlayedRow]) -> ItemLine:
    """The newest wording with the figures of all rounds in which it was worded the same.

    Difficulty is left out: each round has a zero of its own, so that they cannot be added up.
    """
    kept, parts = _same_wording(rows)
    newest = kept[-1]
    _texts, asked = _asked(newest.item)
    found = statistics_of(summed(parts), asked)
    shown = is_meaningful(found.attempts)
    return replace(
        item_line(newest.contest, newest.item),
        attempts=found.attempts,
        facility=found.facility if shown else None,
        discrimination=found.discrimination if shown else None,
        efficiency=found.efficiency if shown else None,
        weight=None,
        difficulty=None,
        difficulty_error=None,
        infit=None,
        outfit=None,
        flags=found.flags,
        is_meaningful=shown,
    )


def _same_wording(rows: Sequence[PlayedRow]) -> tuple[list[PlayedRow], list[Part]]:
    """The rounds whose wording, choices and key are those of the newest one, as parts of a sum."""
    newest = rows[-1].item
    wanted, _asked_newest = _asked(newest)
    kept, parts = [], []
    for row in rows:
        texts, asked = _asked(row.item)
        places = places_of(texts, wanted)
        is_same = loose_key(row.item.revision.text) == loose_key(newest.revision.text)
        if places is None or not is_same:
            continue
        if sorted(places[key] for key in asked.correct) != sorted(_asked_newest.correct):
            continue
        kept.append(row)
        parts.append(Part(loaded_tally(row.item.figures.tally), row.item.figures.questions, places))
    return kept, parts


def _asked(item: Any) -> tuple[list[str], Asked]:
    texts = [choice.text for choice in loaded_choices(item.revision.choices)]
    return texts, Asked(len(texts), tuple(item.revision.correct))
