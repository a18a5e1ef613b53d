"""The settings: what production allows but nobody should leave so. Pure; refused settings never get here."""

from collections.abc import Iterator

from quiz.core.settings import Settings
from quiz.doctor.findings import Finding, good, warning

ABOUT = "settings"


def check_settings(settings: Settings) -> Iterator[Finding]:
    """Everything about the settings that is worth saying; one good finding where nothing is."""
    found = [*_open_doors(settings), *_forgotten(settings)]
    yield from found
    if not found:
        yield good(ABOUT, f"{settings.env}, {', '.join(settings.hosts) or 'any host'}")


def _open_doors(settings: Settings) -> Iterator[Finding]:
    if not settings.is_production:
        yield warning(
            ABOUT, f"QUIZ_ENV is {settings.env}: keys and passwords are weak", "set QUIZ_ENV=production"
        )
        return
    if not settings.https:
        yield warning(
            ABOUT, "QUIZ_HTTPS is 0: cookies travel readably", "serve over TLS and unset QUIZ_HTTPS"
        )
    if not settings.two_step_roles:
        yield warning(ABOUT, "nobody needs a second step to sign in", "unset QUIZ_TWO_STEP")
    if not settings.limits.is_on:
        yield warning(ABOUT, "QUIZ_LIMITS is 0: nothing slows a flood down", "unset QUIZ_LIMITS")
    if settings.proxies == 0:
        yield warning(
            ABOUT,
            "QUIZ_PROXIES is 0: behind nginx everybody would share one address and its limits",
            "set it to the number of proxies in front, usually 1",
        )


def _forgotten(settings: Settings) -> Iterator[Finding]:
    if settings.is_production and not settings.backup_recipients:
        yield warning(
            ABOUT, "backups have no key to be sealed for", "see docs/backup.md: flask backup --new-key"
        )
    if not settings.source.get("QUIZ_HOTLINE"):
        yield warning(ABOUT, "no hotline on pages of no contest", "set QUIZ_ORGANISER and QUIZ_HOTLINE")
    if settings.older_data_keys:
        yield warning(
            ABOUT,
            "an older data key is still in use",
            "run flask keys rotate, then take it out of QUIZ_DATA_KEYS_OLD",
        )
