"""`flask round open|pause|resume|close|freeze|publish`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.audit.actors import Actor
from quiz.contests import queries
from quiz.contests.phases import RoundAction
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.organiser.rounds import move_round
from quiz.standings.service import CannotClose
from quiz.web.labels import domain_message

_HELP = {
    RoundAction.OPEN: "Release a round: it opens and closes at its times. --now opens it at once.",
    RoundAction.PAUSE: "Stop new attempts; the clocks of running ones stand still.",
    RoundAction.RESUME: "Go on; deadlines move by the length of the pause.",
    RoundAction.CLOSE: "Close a round, if need be before its time.",
    RoundAction.FREEZE: "Fix the results: close what ran out, fix the predicted number, rank everybody.",
    RoundAction.PUBLISH: "Publish results, and the key where the round says so.",
}


@click.group("round")
def round_commands() -> None:
    """The steps of a round's life, by the same rules as the pages."""


def _command(action: RoundAction) -> click.Command:
    @click.argument("contest")
    @click.argument("number", type=int)
    @with_appcontext
    def step(contest: str, number: int, at_once: bool = False) -> None:
        try:
            round_ = move_round(
                queries.get_contest(contest),
                number,
                action,
                actor=Actor.system(f"flask round {action.value}"),
                now=clock.now(),
                keyring=current_app.extensions["keyring"],
                at_once=at_once,
            )
        except DomainError as error:
            raise click.ClickException(domain_message(error)) from error
        except CannotClose as error:
            raise click.ClickException(f"attempts {error.attempt_ids} cannot be closed") from error
        click.echo(f"{contest}, round {number}: {round_.window.phase(clock.now()).value}")

    text = f"{_HELP[action]}\n\nExample: flask round {action.value} dai-hoi-xvi 2"
    if action is RoundAction.OPEN:
        step = click.option("--now", "at_once", is_flag=True, help="Open now, before its time.")(step)
    return click.command(action.value, help=text)(step)


for _action in RoundAction:
    round_commands.add_command(_command(_action))
