"""`flask standings verify`."""

import click
from flask.cli import with_appcontext

from quiz.contests import queries as contests
from quiz.core.errors import NotFound
from quiz.standings.verifying import verify

_SHOWN = 20


@click.group("standings")
def standings() -> None:
    """Boards of people and units."""


@standings.command("verify")
@click.argument("contest")
@with_appcontext
def verify_command(contest: str) -> None:
    """Recompute every result from the attempts and compare; exit 1 on any difference.

    Example: flask standings verify tim-hieu-dai-hoi
    """
    try:
        differences = verify(contests.get_contest(contest))
    except NotFound as error:
        raise click.ClickException(f"there is no contest {contest}") from error
    for difference in differences[:_SHOWN]:
        click.echo(
            f"{difference.place}, entry {difference.entry_id}: {difference.column} "
            f"is {difference.stored!r}, should be {difference.expected!r}"
        )
    if differences:
        raise click.ClickException(f"{len(differences)} differences")
    click.echo("Every result follows from the attempts: 0 differences.")
