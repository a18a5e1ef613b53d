"""`flask bank read`, `flask bank import`, `flask bank export`."""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from question_bank.formats import FORMATS
from question_bank.places import in_vietnamese
from question_bank.reading import read
from question_bank.source import silent
from question_bank.values import Report
from question_bank.writers import WRITERS, find_writer
from quiz.audit.actors import Actor
from quiz.bank.queries import get_bank, list_exported
from quiz.bank.service import ImportOutcome, import_questions
from quiz.core import clock
from quiz.core.errors import DomainError, NotFound
from quiz.web.labels import domain_message
from quiz.web.progress import reporter

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_READ_FORMATS = click.Choice([one.name for one in FORMATS])
_WRITTEN_FORMATS = click.Choice([one.name for one in WRITERS])
_ALL_READ, _SOME_PROBLEMS, _REFUSED = 0, 1, 2


@click.group("bank")
def bank() -> None:
    """Banks of questions."""


@bank.command("read")
@click.argument("file", type=_FILE)
@click.option("--format", "format_", type=_READ_FORMATS, help="Insist on a format instead of recognising it.")
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON on standard output.")
def read_command(file: Path, format_: str | None, as_json: bool) -> NoReturn:
    """Read a file of questions and say what was understood; nothing is saved, no database is needed.

    Exit code: 0 everything was read, 1 there are problems, 2 the file is refused.

    Example: flask bank read demo/banks/lich-su-dai-hoi.xlsx --json
    """
    report = _read(file, format_, quiet=as_json)
    if as_json:
        _print_json(report.as_json())
    else:
        _tell(report)
    raise SystemExit(_exit_code(report))


@bank.command("import")
@click.argument("file", type=_FILE)
@click.option("--bank", "slug", required=True, help="The bank's short name; the bank is made if it is new.")
@click.option("--title", help="The bank's title; without it a new bank is called by its short name.")
@click.option("--format", "format_", type=_READ_FORMATS, help="Insist on a format instead of recognising it.")
@click.option("--accept-partial", is_flag=True, help="Save the good questions although others have errors.")
@click.option(
    "--for-review", is_flag=True, help="Let the questions wait for review instead of approving them."
)
@click.option("--json", "as_json", is_flag=True, help="The whole report as JSON on standard output.")
@with_appcontext
def import_command(
    file: Path,
    slug: str,
    title: str | None,
    format_: str | None,
    accept_partial: bool,
    for_review: bool,
    as_json: bool,
) -> NoReturn:
    """Read a file of questions and save them: all, or none when anything is wrong.

    Questions that the bank has already are passed over. What is saved counts as approved, the operator
    answers for it; with --for-review somebody has to approve it before it is drawn.

    Exit code: 0 everything was saved, 1 there are problems (nothing was saved, or with --accept-partial only
    the good questions), 2 the file is refused.

    Example: flask bank import demo/banks/lich-su-dai-hoi.xlsx --bank lich-su-dai-hoi --title "Lịch sử"
    """
    report = _read(file, format_, quiet=as_json)
    try:
        outcome = import_questions(
            report,
            slug,
            title,
            accept_partial=accept_partial,
            approve=not for_review,
            actor=Actor.system("flask bank import"),
            now=clock.now(),
            progress=silent if as_json else reporter("Comparing and saving"),
        )
    except DomainError as error:
        raise click.UsageError(domain_message(error)) from error
    if as_json:
        told = outcome.plan.as_json() | {
            "slug": slug,
            "saved": outcome.saved,
        }
        _print_json(outcome.plan.report.as_json() | {"bank": told})
    else:
        _tell(outcome.plan.report)
        _tell_outcome(outcome, slug)
    raise SystemExit(_exit_code(outcome.plan.report))


@bank.command("export")
@click.argument("slug")
@click.argument("file", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--format", "format_", type=_WRITTEN_FORMATS, help="Without it the file's extension decides.")
@with_appcontext
def export_command(slug: str, file: Path, format_: str | None) -> None:
    """Write a bank's questions, without the retired ones, to a file that `flask bank import` reads again.

    Example: flask bank export lich-su-dai-hoi bank.xlsx
    """
    writer = find_writer(format_ or file.suffix.lstrip(".").lower())
    if writer is None:
        known = ", ".join(f".{one.extension}" for one in WRITERS)
        raise click.ClickException(f"{file.name} has no known extension; known are {known}, or use --format")
    try:
        questions = list_exported(get_bank(slug).id, pictures="images" in writer.carries)
    except NotFound as error:
        raise click.ClickException(f"there is no bank {slug}") from error
    for loss in writer.losses(questions):
        click.echo(f"{writer.label} cannot hold: {loss.label} ({loss.count})", err=True)
    file.write_bytes(writer.write(questions))
    click.echo(f"{len(questions)} questions written to {file}.")


def _read(file: Path, format_: str | None, *, quiet: bool) -> Report:
    data = file.read_bytes()
    if not quiet:
        return read(data, file.name, format=format_, progress=reporter("Reading"))
    # Standard output belongs to the report; a library prints its opinion of strange styles there.
    with redirect_stdout(sys.stderr):
        return read(data, file.name, format=format_)


def _exit_code(report: Report) -> int:
    if report.refused:
        return _REFUSED
    return _SOME_PROBLEMS if report.has_errors or report.skipped else _ALL_READ


def _print_json(report: dict[str, Any]) -> None:
    click.echo(json.dumps(report, ensure_ascii=False, indent=1))


def _tell(report: Report) -> None:
    for problem in report.problems:
        place = in_vietnamese(problem.place)
        click.echo(f"{problem.severity.value}: {place}: {problem.message} {problem.mend}", err=True)
    for kind, count in report.skipped.items():
        click.echo(f"skipped: {count} of kind {kind}", err=True)
    click.echo(
        f"{report.file}: {len(report.questions)} questions read as {report.format or 'nothing known'}."
    )


def _tell_outcome(outcome: ImportOutcome, slug: str) -> None:
    if not outcome.is_saved:
        click.echo("Nothing was saved.", err=True)
        return
    plan = outcome.plan
    click.echo(
        f"{slug}: {outcome.saved} saved, {len(plan.known)} already there, {len(plan.held_back)} held back."
    )
