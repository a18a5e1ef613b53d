"""`flask doctor`."""

import json

import click
from flask import current_app
from flask.cli import with_appcontext

from quiz.core import clock
from quiz.doctor.findings import Level
from quiz.doctor.service import examine
from quiz.signin.senders import read_senders
from quiz.web.guards import keyring

_SIGNS = {Level.GOOD: "ok  ", Level.WARNING: "WARN", Level.BAD: "BAD "}


@click.command("doctor")
@click.option("--deep", is_flag=True, help="Walk through the whole log as well.")
@click.option("--json", "as_json", is_flag=True, help="A finding a line as JSON, for programs.")
@with_appcontext
def doctor(deep: bool, as_json: bool) -> None:
    """Look at settings, machine and database, and say what to mend; exit 1 where something is bad.

    Example: flask doctor
    """
    settings = current_app.config["SETTINGS"]
    counts = dict.fromkeys(Level, 0)
    findings = examine(settings, read_senders(settings), keyring(), now=clock.now(), deep=deep)
    for finding in findings:
        counts[finding.level] += 1
        if as_json:
            click.echo(
                json.dumps({name: getattr(finding, name) for name in finding.__slots__}, ensure_ascii=False)
            )
            continue
        click.echo(f"{_SIGNS[finding.level]}  {finding.about}: {finding.seen}")
        if finding.mend:
            click.echo(f"        {finding.mend}")
    if not as_json:
        click.echo(f"{counts[Level.BAD]} bad, {counts[Level.WARNING]} to mend before the next contest.")
    if counts[Level.BAD]:
        raise SystemExit(1)
