"""`flask units import`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.units.labels import place_of
from quiz.units.service import ImportOutcome, import_tree
from quiz.web.labels import domain_message
from quiz.web.progress import reporter

_LISTED = 50


@click.group("units")
def units() -> None:
    """Trees of organisations."""


@units.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tree", "slug", required=True, help="The tree's short name, e.g. son-la; made if it is new.")
@click.option("--name", help="The tree's name; without it a new tree is called after its first root.")
@click.option("--remove-missing", is_flag=True, help="Remove units that the file no longer names.")
@with_appcontext
def import_command(file: Path, slug: str, name: str | None, remove_missing: bool) -> None:
    """Create or update a tree from a CSV file with the columns code, parent_code, name, kind, headcount.

    All or nothing: with any problem the database stays as it is and the exit code is 1. Units are known by
    their codes and keep their ids.

    Example: flask units import demo/units-son-la.csv --tree son-la
    """
    try:
        outcome = import_tree(
            file.read_bytes(),
            file.name,
            slug,
            name,
            remove_missing=remove_missing,
            actor=Actor.system("flask units import"),
            now=clock.now(),
            progress=reporter("Units"),
        )
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    _tell_problems(outcome)
    if not outcome.is_saved:
        raise click.ClickException("nothing was saved")
    plan = outcome.plan
    click.echo(
        f"{slug}: {len(plan.added)} added, {len(plan.changed)} changed, {len(plan.unchanged)} unchanged, "
        f"{len(plan.vanished)} removed."
    )


def _tell_problems(outcome: ImportOutcome) -> None:
    for problem in outcome.reading.problems:
        place = place_of(problem)
        click.echo(f"{problem.severity.value}: {place}: {problem.message} {problem.mend}", err=True)
    if outcome.is_refused_for_vanished:
        vanished = outcome.plan.vanished
        click.echo(f"{len(vanished)} units of the tree are not in the file:", err=True)
        for unit in vanished[:_LISTED]:
            click.echo(f"  {unit.code}  {unit.name}", err=True)
        if len(vanished) > _LISTED:
            click.echo(f"  and {len(vanished) - _LISTED} more", err=True)
        click.echo("Put them back into the file, or add --remove-missing to remove them.", err=True)
