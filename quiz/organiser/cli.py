"""`flask round open|pause|resume|close|freeze|publish`."""

import datetime as dt

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.audit.actors import Actor
from quiz.contests import queries
from quiz.contests.definition import ResultDecision
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
    RoundAction.PUBLISH: "Publish results, and the key where the round says so. No second person is asked.",
}


@click.group("round")
def round_commands() -> None:
    """The steps of a round's life, by the same rules as the pages."""


def _command(action: RoundAction) -> click.Command:
    @click.argument("contest")
    @click.argument("number", type=int)
    @with_appcontext
    def step(contest: str, number: int, at_once: bool = False, **parts: str | None) -> None:
        decision = _decision(**parts) if parts else None
        try:
            round_ = move_round(
                queries.get_contest(contest),
                number,
                action,
                actor=Actor.system(f"flask round {action.value}"),
                now=clock.now(),
                keyring=current_app.extensions["keyring"],
                at_once=at_once,
                decision=decision,
            )
        except DomainError as error:
            raise click.ClickException(domain_message(error)) from error
        except CannotClose as error:
            raise click.ClickException(f"attempts {error.attempt_ids} cannot be closed") from error
        click.echo(f"{contest}, round {number}: {round_.window.phase(clock.now()).value}")

    text = f"{_HELP[action]}\n\nExample: flask round {action.value} dai-hoi-xvi 2"
    if action is RoundAction.OPEN:
        step = click.option("--now", "at_once", is_flag=True, help="Open now, before its time.")(step)
    if action is RoundAction.PUBLISH:
        step = click.option("--decision", help="Number of the decision.")(step)
        step = click.option("--date", help="Date of the decision, e.g. 2026-11-30.")(step)
        step = click.option("--signer", help="Who signed the decision.")(step)
    return click.command(action.value, help=text)(step)


def _decision(decision: str | None, date: str | None, signer: str | None) -> ResultDecision | None:
    """The decision from the options: all three or none."""
    if not (decision or date or signer):
        return None
    if not (decision and date and signer):
        raise click.UsageError("--decision, --date and --signer belong together")
    try:
        return ResultDecision(decision, dt.date.fromisoformat(date), signer)
    except ValueError as error:
        raise click.BadParameter("is not a date like 2026-11-30", param_hint="--date") from error


for _action in RoundAction:
    round_commands.add_command(_command(_action))
