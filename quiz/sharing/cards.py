"""The picture of a link: drawn on the server, so that no score and no name of a person is ever in it.

typst lays the text out with a font of ours that has every Vietnamese letter, and is there for papers anyway.
Drawing takes a tenth of a second: a picture is kept for ten minutes, and thrown away at once when what may be
seen changes.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from flask import url_for
from flask_babel import gettext as _

from quiz.contests.models import Contest, ContestUnit, Round
from quiz.contests.phases import Phase
from quiz.core.settings import ROOT
from quiz.sharing.figures import OpenFigures, open_figures, shown_of
from quiz.standings.cache import ShortCache
from quiz.standings.scopes import round_scope
from quiz.standings.unit_slices import unit_facts
from quiz.web.filters import clock_time, day, local, number

FONT = "Be Vietnam Pro"
_FONT_PACKAGE = "fontpkg_be_vietnam_pro"
_FOLDER = ROOT / "templates" / "sharing"
_kept: ShortCache[bytes] = ShortCache(timedelta(minutes=10))


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the picture."""

    over: str
    title: str
    figures: tuple[tuple[str, str], ...]
    foot: str
    address: str


def card_png(contest: Contest, round_: Round | None, unit: ContestUnit | None, now: datetime) -> bytes:
    """The picture of a contest, or of a unit in it."""
    shown = open_figures(contest, round_, now)
    # What may be seen is part of the key, so that no picture outlives it.
    seen = (round_.number, round_.window.phase(now), shown_of(round_, now)) if round_ else None
    key = (contest.id, contest.updated_at, seen, unit.code if unit else "")
    return _kept.get(key, now, lambda: draw(card_of(contest, round_, unit, shown, now)))


def card_of(
    contest: Contest, round_: Round | None, unit: ContestUnit | None, shown: OpenFigures, now: datetime
) -> Card:
    """The words and figures, only those that everybody may see now."""
    address = url_for("public.contest", slug=contest.slug, _external=True).partition("://")[2]
    settings, foot = contest.settings, _phase_words(round_, now)
    if unit is None:
        figures = [(shown.people, _("người dự thi")), (shown.attempts, _("lượt thi"))]
        said = tuple((number(value), words) for value, words in figures if value is not None)
        return Card(settings.organiser, settings.title, said, foot, address)
    said = _unit_figures(contest, round_, unit, now) if round_ else ()
    return Card(settings.display_title, unit.name, said, foot, address)


def _unit_figures(
    contest: Contest, round_: Round, unit: ContestUnit, now: datetime
) -> tuple[tuple[str, str], ...]:
    if not round_.counts or round_.window.phase(now) is Phase.SCHEDULED:
        return ()
    found = unit_facts(contest, round_scope(round_, now), unit.code, now=now)
    place, figures = found.place, []
    if place.rank is not None:
        figures.append((str(place.rank), _("hạng trong %(n)s đơn vị", n=found.ranked)))
    if place.people is not None:
        figures.append((number(place.people), _("người dự thi")))
    return tuple(figures)


def _phase_words(round_: Round | None, now: datetime) -> str:
    phase = round_.window.phase(now) if round_ else None
    if round_ is None or phase is None:
        return ""
    name = round_.settings.name
    if phase is Phase.SCHEDULED:
        at = round_.opens_at
        return _("%(round)s mở %(time)s %(day)s", round=name, time=clock_time(at), day=day(at))
    if not phase.is_over:
        at = round_.closes_at
        return _("%(round)s mở đến %(time)s %(day)s", round=name, time=clock_time(at), day=day(at))
    if phase is Phase.PUBLISHED:
        return _("Đã công bố kết quả %(round)s", round=name)
    return _("%(round)s đã đóng", round=name)


def draw(card: Card) -> bytes:
    """PNG, 1200 × 630."""
    import typst

    data: Mapping[str, object] = asdict(card) | {"font": FONT}
    made = typst.compile(
        str(_FOLDER / "card.typ"),
        root=str(_FOLDER),
        font_paths=[str(_font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="png",
        ppi=72,
    )
    assert isinstance(made, bytes)
    return made


def card_version(now: datetime) -> str:
    """A part of the picture's name, new every hour: Zalo and Facebook keep pictures by their address."""
    return local(now).strftime("%Y%m%d%H")


def _font_folder() -> Path:
    spec = find_spec(_FONT_PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files"
