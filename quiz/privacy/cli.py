"""`flask keys`."""

import click
from flask import current_app
from flask.cli import AppGroup

from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.secrets import Keyring
from quiz.privacy import rotating

keys = AppGroup("keys", help="The data key that personal data are encrypted and hashed with.")


@keys.command("rotate")
def rotate() -> None:
    """Bring everything under QUIZ_DATA_KEY, while the site runs. QUIZ_DATA_KEYS_OLD lists the keys before it.

    First restart all processes with both settings; then run this; then the old key may go from the settings.
    Safe to stop and to run again.

    Example: flask keys rotate
    """
    keyring = current_app.extensions["keyring"]
    done = list(_told(keyring))
    rotating.note_rotation(done, actor=Actor.system("flask keys rotate"), now=clock.now())
    if any(one.left for one in done):
        raise click.ClickException(
            "some rows are under a key that is not known: name it in QUIZ_DATA_KEYS_OLD and run this again"
        )
    stale = sum(one.textless - one.dropped for one in done)
    if stale:
        click.echo(
            f"{stale} barred phones were noted before their numbers were kept and are known under the older "
            "key only: put these people on the lists again, or keep the key until their contests are over."
        )
    click.echo(
        "Everything that can be read is under the newest key. Recovery codes that staff printed under the "
        "older one end with it: let them print new ones, then take it out of QUIZ_DATA_KEYS_OLD."
    )


def _told(keyring: Keyring) -> list[rotating.Rotated]:
    done = []
    for one in rotating.rotate(keyring):
        click.echo(f"{one.what}: {one.rows} rows, {one.changed} under the newest key now, {one.left} left")
        if one.dropped:
            click.echo(f"  {one.dropped} lost the marks of device and network: made before this was kept")
        done.append(one)
    return done
