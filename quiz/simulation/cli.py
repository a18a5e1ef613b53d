"""`flask simulate`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.contests import queries as contests
from quiz.core import clock
from quiz.core.errors import NotFound
from quiz.simulation.service import simulate
from quiz.web.progress import reporter


@click.command("simulate")
@click.argument("contest")
@click.option("--entrants", type=click.IntRange(1), required=True, help="How many new people enter.")
@click.option("--attempts", type=click.IntRange(1), required=True, help="How many attempts they make in all.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same people.")
@click.option("--round", "number", type=int, help="The round; without it the one that is open now.")
@with_appcontext
def simulate_command(contest: str, entrants: int, attempts: int, seed: int, number: int | None) -> None:
    """Make plausible entrants and attempts in a contest, for demonstrations and measurements.

    Example: flask simulate tim-hieu-dai-hoi --entrants 500 --attempts 1200 --seed 7
    """
    now = clock.now()
    try:
        found = contests.get_contest(contest)
        if number is None:
            current = contests.current_round(found, now)
            number = current.number if current else 0
        made = simulate(
            found,
            number,
            entrants=entrants,
            attempts=attempts,
            seed=seed,
            now=now,
            keyring=current_app.extensions["keyring"],
            progress=reporter("Entrants"),
        )
    except (NotFound, ValueError) as error:
        raise click.ClickException(f"cannot simulate: {error}") from error
    click.echo(f"{made.entrants} entrants, {made.attempts} attempts in round {number} of {contest}.")
