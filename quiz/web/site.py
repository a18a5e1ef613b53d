"""What every page knows of the site itself. Never touches the database: error pages use it too."""

from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app, url_for


@dataclass(frozen=True, slots=True)
class Contact:
    """Who answers for a page, and on a contest's page which contest it is and by which document."""

    organiser: str
    hotline: str | None = None
    hours: str | None = None
    email: str | None = None
    contest: str = ""
    decision: str = ""
    decided_on: date | None = None
    language: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """Name, place, contact and the menu's links; None leaves a link out."""

    name: str
    place: str
    contact: Contact
    standings_url: str | None = None
    lookup_url: str | None = None
    help_url: str | None = None
    privacy_url: str | None = None
    my_data_url: str | None = None
    complaint_url: str | None = None


def site() -> SiteInfo:
    """The site as the settings name it."""
    settings = current_app.config["SETTINGS"]
    source = settings.source
    return SiteInfo(
        name=settings.site_name,
        place=settings.site_place,
        contact=Contact(
            organiser=source.get("QUIZ_ORGANISER", ""),
            hotline=source.get("QUIZ_HOTLINE") or None,
            hours=source.get("QUIZ_HOTLINE_HOURS") or None,
            email=source.get("QUIZ_EMAIL") or None,
        ),
        lookup_url=url_for("public.lookup"),
        help_url=url_for("public.help_page"),
        privacy_url=url_for("privacy.policy"),
        my_data_url=url_for("privacy.own"),
    )


def init_app(app: Flask) -> None:
    """Give `site` to every template."""
    app.context_processor(lambda: {"site": site()})
