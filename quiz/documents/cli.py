"""`flask document load`, `flask document read`."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext

from question_bank.passages.editions import Fate
from question_bank.passages.reading import read_document
from question_bank.passages.values import DocumentReading
from quiz.audit.actors import Actor
from quiz.core import clock
from quiz.core.errors import DomainError
from quiz.documents.service import Particulars, load_document
from quiz.web.labels import domain_message

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("document")
def document() -> None:
    """The texts that contests are about."""


@document.command("read")
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="The passages as JSON on standard output.")
def read_command(file: Path, as_json: bool) -> None:
    """Show the passages that a Word, text or PDF file makes; nothing is saved, no database is needed.

    Example: flask document read demo/documents/lich-su-cac-ky-dai-hoi.docx
    """
    reading = read_document(file.read_bytes(), file.name)
    if as_json:
        click.echo(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
    else:
        _tell_problems(reading)
        for passage in reading.passages:
            click.echo(f"{passage.mark:>4}  {' › '.join(passage.headings)}")
            click.echo(f"      {passage.text.splitlines()[0][:90]}")
        click.echo(f"{file.name}: {len(reading.passages)} passages.")
    if reading.refused:
        raise SystemExit(2)


@document.command("load")
@click.argument("file", type=_FILE)
@click.option(
    "--slug", required=True, help="The document's short name; one that is known gets a new edition."
)
@click.option("--title", default="", help="Without it the title that the file begins with.")
@click.option("--issuer", default="", help="Who issued it.")
@click.option("--number", default="", help="Its number, e.g. 12-NQ/TU.")
@click.option("--dated", default="", help="Its date, as it stands on it.")
@click.option("--link", default="", help="Where the original is.")
@with_appcontext
def load_command(file: Path, slug: str, title: str, issuer: str, number: str, dated: str, link: str) -> None:
    """Load a document, or a newer edition of it: passages that stay keep their marks.

    Example: flask document load nghi-quyet.docx --slug nghi-quyet-16 --title "Nghị quyết Đại hội XVI"
    """
    try:
        loading = load_document(
            file.read_bytes(),
            file.name,
            slug,
            Particulars(title, issuer, number, dated, link),
            actor=Actor.system("flask document load"),
            now=clock.now(),
        )
    except DomainError as error:
        raise click.ClickException(domain_message(error)) from error
    _tell_problems(loading.reading)
    if not loading.is_saved:
        raise click.ClickException("nothing was saved")
    figures = ", ".join(f"{len(loading.plan.of(fate))} {fate.value}" for fate in Fate)
    click.echo(f"{slug}: {loading.plan.count} passages ({figures}).")


def _tell_problems(reading: DocumentReading) -> None:
    for problem in reading.problems:
        click.echo(f"{problem.severity.value}: {problem.message} {problem.mend}", err=True)
