"""`flask standings verify`, `flask standings count-again`."""

import click
from flask.cli import with_appcontext

from quiz.audit.actors import Actor
from quiz.contests import queries as contests
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.standings import counting_again
from quiz.standings.verifying import verify
from quiz.web.labels import domain_message

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


@standings.command("count-again")
@click.argument("contest")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; it is kept in the log.")
@with_appcontext
def count_again_command(contest: str, number: int, reason: str) -> None:
    """Count the number that was predicted in a frozen round once more, and rank everybody by it.

    Example: flask standings count-again tim-hieu-dai-hoi 2 --reason "Bỏ 3 đăng ký giả"
    """
    try:
        found = contests.get_contest(contest)
        seen = counting_again.preview(found, number).now
        actor = Actor.system("flask standings count-again")
        counted = counting_again.count_again(
            found, number, seen=seen, reason=reason, actor=actor, now=clock.now()
        )
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    click.echo(f"{contest}, round {number}: {counted.frozen} before, {counted.now} now")
