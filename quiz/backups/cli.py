"""`flask backup` and `flask restore`."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.audit.exporting import check_database
from quiz.backups import sealing
from quiz.backups.errors import BackupRefused
from quiz.backups.reading import Header
from quiz.backups.service import check_backup, make_backup, restore_backup
from quiz.core import clock
from quiz.core.settings import Settings
from quiz.web.guards import keyring
from quiz.web.progress import reporter

_NAME = "timhieu-{:%Y-%m-%dT%H%M%S}Z.backup"
_NAMES = "timhieu-????-??-??T??????Z.backup"
_WORDS = {
    "backup_exists": "%(path)s is there already; choose another name, or name a folder",
    "backup_key_unreadable": "this is no key of age; such a key looks like %(example)s",
    "backup_key_needed": "this backup is sealed: name the file of the key that opens it with --key",
    "backup_other_key": "this backup is sealed for another key",
    "backup_damaged": "this file is not whole: it was cut off or changed; take another backup",
    "no_backup": "this is no backup that this release can read",
    "no_database": "the database has no tables yet; run: flask db upgrade",
    "backup_other_data_key": "the names in this backup are sealed with another QUIZ_DATA_KEY; set that one "
    "(or name it in QUIZ_DATA_KEYS_OLD) and try again",
    "backup_of_later_release": "this backup was made by a later release (%(revision)s); install that one",
    "backup_other_columns": "the tables of this database are not those of the backup's release",
    "database_not_empty": "the database is not empty (%(rows)s rows in %(table)s); "
    "name a new one in DATABASE_URL",
    "restored_differs": "%(table)s has %(got)s rows that differ from the %(wanted)s of the backup; "
    "nothing was kept",
}


@click.command("backup")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="With a folder: remove all but the newest so many.")
@click.option("--unsealed", is_flag=True, help="Without encryption; whoever has the file can read it.")
@click.option(
    "--new-key",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Make a pair of keys instead; the secret one goes to this file.",
)
@with_appcontext
def backup(file: Path | None, keep: int | None, unsealed: bool, new_key: Path | None) -> None:
    """Save the whole database to FILE, sealed, while the site runs; in a folder under a name of its own.

    QUIZ_BACKUP_RECIPIENTS names the public keys that it is sealed for (age1…, spaces between). The secret
    keys and QUIZ_DATA_KEY are not in it: keep them elsewhere, they are needed for restoring.

    Example: flask backup --new-key backup-key.txt; then: flask backup /var/backups/timhieu --keep 14
    """
    if new_key is not None:
        _make_key(new_key)
        return
    if file is None:
        raise click.UsageError("name a file or a folder, e.g.: flask backup /var/backups/timhieu")
    now = clock.now()
    target = file / _NAME.format(now.astimezone(UTC)) if file.is_dir() else file
    try:
        made = make_backup(target, _recipients(unsealed), keyring=keyring(), now=now, told=reporter("Saving"))
    except BackupRefused as error:
        raise click.ClickException(_sentence(error)) from error
    kind = "sealed" if made.is_sealed else "NOT sealed"
    click.echo(f"{made.path}: {made.rows} rows, {made.bytes} bytes, {kind}, read back and whole.")
    if keep is not None and file.is_dir():
        for old in sorted(file.glob(_NAMES))[:-keep]:
            old.unlink()
            click.echo(f"{old}: removed")


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The secret key's file."
)
@click.option("--check", is_flag=True, help="Only read the file to its end; no database is touched.")
@with_appcontext
def restore(file: Path, key: Path | None, check: bool) -> None:
    """Put a backup into the empty database of DATABASE_URL: of either kind, whichever the backup came from.

    Example: DATABASE_URL=postgresql:///timhieu_new flask restore timhieu.backup --key backup-key.txt
    """
    told = reporter("Reading" if check else "Restoring")
    try:
        identities = sealing.read_identities(key.read_text(encoding="utf-8")) if key else []
        if check:
            header, rows = check_backup(file, identities, told)
            click.echo(f"{file}: {_origin(header)}, {rows} rows, whole.")
            return
        done = restore_backup(file, identities, keyring=keyring(), now=clock.now(), told=told)
    except BackupRefused as error:
        raise click.ClickException(_sentence(error)) from error
    click.echo(f"{done.rows} rows in {len(done.by_table)} tables, each the same as in the backup.")
    click.echo(f"The backup was {_origin(done.header)}.")
    verdict = check_database(keyring())
    if verdict.findings:
        raise click.ClickException(f"the log has {len(verdict.findings)} faults; see: flask audit verify")
    click.echo(f"The log is whole: {verdict.events} events.")
    click.echo("Prove the boards with: flask standings verify CONTEST")


def _make_key(path: Path) -> None:
    identity = sealing.new_identity()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise click.ClickException(f"{path} is there already; a key is never written over") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"# opens backups that are sealed for {identity.to_public()}\n{identity}\n")
    click.echo(f"The secret key is in {path}: take it off this machine, keep two copies.")
    click.echo(f"QUIZ_BACKUP_RECIPIENTS={identity.to_public()}")


def _recipients(unsealed: bool) -> list[sealing.Recipient]:
    settings: Settings = current_app.config["SETTINGS"]
    if unsealed:
        return []
    if not settings.backup_recipients:
        raise click.ClickException(
            "no key to seal the backup for: make one with flask backup --new-key FILE and set "
            "QUIZ_BACKUP_RECIPIENTS to what it says; or say --unsealed"
        )
    return sealing.read_recipients(settings.backup_recipients)


def _origin(header: Header) -> str:
    made_at = datetime.fromisoformat(header.made_at)
    return f"made {made_at:%Y-%m-%d %H:%M:%S} UTC from {header.database}, at {header.revision}"


def _sentence(error: BackupRefused) -> str:
    text = _WORDS[error.code]
    return text % error.params if error.params else text
