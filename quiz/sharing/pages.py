"""What the page for passing on and the poster show."""

from dataclasses import dataclass

from quiz.contests.pages import RoundFacts
from quiz.web.site import Contact


@dataclass(frozen=True, slots=True)
class SharePage:
    """Addresses of a contest, or of one of its units, in every form in which people pass them on."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    unit_code: str
    unit: str
    url: str
    text: str
    svg_url: str
    png_url: str
    poster_url: str
    display_url: str
    embed_url: str
    snippet: str
    api_url: str


@dataclass(frozen=True, slots=True)
class Poster:
    """A sheet of A5 to be printed and pinned up."""

    slug: str
    title: str
    organiser: str
    unit: str
    qr: str
    address: str
    pdf_url: str
    round: RoundFacts | None
    is_over: bool


@dataclass(frozen=True, slots=True)
class InvitePage:
    """One's own link. `people` is None while a prediction keeps such counts secret."""

    slug: str
    title: str
    short_title: str
    contact: Contact
    url: str
    text: str
    qr_url: str
    people: int | None
