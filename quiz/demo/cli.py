"""`flask demo load`."""

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.core import clock
from quiz.core.settings import ROOT
from quiz.demo.service import load, sign_ins
from quiz.jobs.running import run_asked
from quiz.web.progress import reporter


@click.group("demo")
def demo() -> None:
    """The living demo."""


@demo.command("load")
@click.option(
    "--people", type=click.IntRange(1), default=3000, show_default=True, help="Entrants of the first round."
)
@with_appcontext
def load_command(people: int) -> None:
    """Load the demo, or what is missing of it: units, questions, a contest with three rounds, sign-ins.

    Example: flask demo load
    """
    settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException("the demo's passwords are public: it is not for production")
    is_new = load(
        ROOT / "demo",
        now=clock.now(),
        keyring=current_app.extensions["keyring"],
        say=click.echo,
        progress=reporter,
        people=people,
    )
    if is_new:
        click.echo("Statistics of the ended round's questions")
        run_asked()
    (settings.var / "demo-sign-ins.txt").write_text(sign_ins(), encoding="utf-8")
    click.echo("Demo: loaded" if is_new else "Demo: already there")
