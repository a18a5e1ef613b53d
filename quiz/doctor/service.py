"""All checks in order. Reads only; what cannot be looked at is a finding of its own."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from quiz.audit.exporting import check_database as check_log
from quiz.core.copying import snapshot
from quiz.core.secrets import Keyring
from quiz.core.settings import Settings
from quiz.doctor import database_checks as database
from quiz.doctor import machine_checks as machine
from quiz.doctor.findings import Finding, bad, good
from quiz.doctor.settings_checks import check_settings
from quiz.signin.senders import NotSent, Senders


def examine(
    settings: Settings, senders: Senders, keyring: Keyring, *, now: datetime, deep: bool
) -> Iterator[Finding]:
    """Every finding, as it is made. `deep` also walks the whole log, which takes a while on a large one."""
    yield from check_settings(settings)
    yield from machine.check_disk(settings)
    yield from machine.check_rights(settings)
    yield from machine.check_clock()
    yield from machine.check_open_files()
    yield from _examine_senders(senders)
    try:
        yield from _examine_database(settings, now)
        if deep:
            yield from _examine_log(keyring)
    except SQLAlchemyError as error:
        seen = f"it does not answer ({type(error).__name__})"
        yield bad("database", seen, "see that it runs and what DATABASE_URL says")


def _examine_database(settings: Settings, now: datetime) -> Iterator[Finding]:
    with snapshot() as connection:
        yield from database.check_engine(connection, settings)
        migrations = list(database.check_migrations(connection))
        yield from migrations
        if all(finding.mend == "" for finding in migrations):
            yield from _examine_contents(connection, now)


def _examine_contents(connection: Connection, now: datetime) -> Iterator[Finding]:
    yield from database.check_its_clock()
    yield from database.check_work(now)
    yield from database.check_closing(now)
    yield from database.check_backup(connection, now)


def _examine_senders(senders: Senders) -> Iterator[Finding]:
    for channel, sender in senders.by_channel.items():
        about = f"codes by {channel.value}"
        try:
            sender.reach()
        except NotSent as error:
            yield bad(
                about,
                f"{sender.name} does not take messages ({error.detail})",
                "see QUIZ_CODE_* in README.md",
            )
        else:
            yield good(about, f"{sender.name} answers")
    if not senders.by_channel:
        yield good("codes", "none are sent: no contest may ask for one")


def _examine_log(keyring: Keyring) -> Iterator[Finding]:
    verdict = check_log(keyring)
    if verdict.findings:
        yield bad(
            "log", f"{len(verdict.findings)} faults in {verdict.events} events", "see flask audit verify"
        )
    else:
        yield good("log", f"{verdict.events} events, nothing was changed")
