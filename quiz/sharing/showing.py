"""From a contest to what is passed on of it."""

from datetime import datetime
from urllib.parse import urlsplit

from flask import url_for
from markupsafe import escape

from quiz.contests import queries as contests
from quiz.contests.models import Contest, ContestUnit
from quiz.contests.pages import contact_of, round_facts
from quiz.core.errors import NotFound
from quiz.scoring.prediction import Counter
from quiz.sharing import queries
from quiz.sharing.codes import qr_inline
from quiz.sharing.figures import shown_of
from quiz.sharing.pages import InvitePage, Poster, SharePage


def unit_or_404(contest: Contest, code: str) -> ContestUnit | None:
    """The unit that is asked for, None where none is. Raises NotFound."""
    unit = contests.find_unit(contest.id, code) if code else None
    if code and unit is None:
        raise NotFound("unit")
    return unit


def entrance_of(contest: Contest, unit: ContestUnit | None) -> str:
    """The address that a QR code leads to: the contest's page, or the form with the unit chosen."""
    if unit is None:
        return url_for("public.contest", slug=contest.slug, _external=True)
    return url_for("entries.enter", slug=contest.slug, unit=unit.code, _external=True)


def share_page(contest: Contest, unit: ContestUnit | None) -> SharePage:
    """Everything that can be passed on of a contest, or of a unit in it."""
    code = unit.code if unit else None
    url = (
        url_for("standings.unit", slug=contest.slug, code=unit.code, _external=True)
        if unit
        else entrance_of(contest, None)
    )
    embed_url = url_for("screens.embed", slug=contest.slug, _external=True, unit=code)
    title = unit.name if unit else contest.settings.display_title
    return SharePage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        unit_code=unit.code if unit else "",
        unit=unit.name if unit else "",
        url=url,
        text=spoken(url),
        svg_url=url_for("sharing.qr_picture", slug=contest.slug, kind="svg", unit=code),
        png_url=url_for("sharing.qr_picture", slug=contest.slug, kind="png", unit=code),
        poster_url=url_for("sharing.poster", slug=contest.slug, unit=code),
        display_url=url_for("screens.display", slug=contest.slug, _external=True, unit=code),
        embed_url=embed_url,
        snippet=snippet(embed_url, title),
        api_url=url_for("api.human"),
    )


def snippet(address: str, title: str) -> str:
    """The line of HTML for somebody else's page: no script, nothing that follows their readers."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="440" '
        f'loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )


def poster(contest: Contest, unit: ContestUnit | None, now: datetime) -> Poster:
    """The sheet for the notice board of a contest, or of a unit."""
    round_, address = contests.current_round(contest, now), entrance_of(contest, unit)
    return Poster(
        slug=contest.slug,
        title=contest.settings.title,
        organiser=contest.settings.organiser,
        unit=unit.name if unit else "",
        qr=qr_inline(address),
        address=spoken(entrance_of(contest, None)),
        pdf_url=url_for("sharing.poster_file", slug=contest.slug, unit=unit.code if unit else None),
        round=round_facts(round_, now) if round_ else None,
        is_over=round_ is not None and round_.window.phase(now).is_over,
    )


def invite_page(contest: Contest, code: str, entry_id: int, now: datetime) -> InvitePage:
    """Somebody's personal link, and how many took part through it where that gives nothing away."""
    url = url_for("sharing.follow", slug=contest.slug, code=code, _external=True)
    # Who invites hundreds would see the predicted number of people grow.
    is_open = all(
        shown_of(round_, now).shows(Counter.PARTICIPANTS) for round_ in contests.list_counting_rounds(contest)
    )
    return InvitePage(
        slug=contest.slug,
        title=contest.settings.title,
        short_title=contest.settings.display_title,
        contact=contact_of(contest),
        url=url,
        text=spoken(url),
        qr_url=url_for("sharing.own_qr", slug=contest.slug, code=code),
        people=queries.count_invited(contest.id, entry_id, counting_numbers(contest)) if is_open else None,
    )


def counting_numbers(contest: Contest) -> tuple[int, ...]:
    """The rounds whose papers count: practice does not make anybody a participant."""
    return tuple(round_.number for round_ in contests.list_counting_rounds(contest))


def spoken(address: str) -> str:
    """The address as people type it: without https://."""
    parts = urlsplit(address)
    return parts.netloc + parts.path
