"""`flask contest apply`, `flask contest clone` and `flask contest export`."""

from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from quiz.audit.actors import Actor
from quiz.contests import queries
from quiz.contests.clone_service import clone_contest
from quiz.contests.definition import DefinitionRefused, parse_definition, write_definition
from quiz.contests.service import apply_definition, definition_of
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.web.labels import domain_message


@click.group("contest")
def contest() -> None:
    """Contests and their definitions."""


@contest.command("apply")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def apply(file: Path) -> None:
    """Create or update a contest from a TOML definition; again: nothing changes.

    Example: flask contest apply dai-hoi.toml
    """
    try:
        definition = parse_definition(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise click.ClickException(
            f"{file}: không phải tệp văn bản UTF-8. Lưu lại tệp ở bảng mã UTF-8."
        ) from error
    except DefinitionRefused as refused:
        for problem in refused.problems:
            click.echo(f"{file}:{problem.line}: {problem.key}: {problem.message} {problem.mend}", err=True)
        raise click.ClickException(f"{len(refused.problems)} lỗi; chưa có gì thay đổi.") from refused
    try:
        applied = apply_definition(definition, actor=Actor.system("flask contest apply"), now=clock.now())
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    changes = f": {', '.join(applied.changes)}" if applied.changes else ""
    click.echo(f"{definition.slug}: {applied.outcome}{changes}")


@contest.command("clone")
@click.argument("source")
@click.argument("slug")
@click.argument("title")
@click.option("--opens", type=click.DateTime(["%Y-%m-%d"]), help="The day on which the first round opens.")
@with_appcontext
def clone(source: str, slug: str, title: str, opens: datetime | None) -> None:
    """Make a draft SLUG with the rules of SOURCE, all days moved alike; nothing of its people.

    Example: flask contest clone dai-hoi-xvi dai-hoi-2027 "Đại hội 2027" --opens 2027-11-15
    """
    try:
        clone_contest(
            queries.get_contest(source),
            slug=slug,
            title=title,
            opens_on=opens.date() if opens else None,
            actor=Actor.system("flask contest clone"),
            now=clock.now(),
        )
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    click.echo(f"{slug}: created after {source}")


@contest.command("export")
@click.argument("slug")
@with_appcontext
def export(slug: str) -> None:
    """Write a contest's definition to standard output, in the form that `apply` reads.

    Example: flask contest export dai-hoi-xvi > dai-hoi-xvi.toml
    """
    try:
        found = queries.get_contest(slug)
    except NotFound as error:
        raise click.ClickException(f"there is no contest {slug}") from error
    click.echo(write_definition(definition_of(found)), nl=False)
