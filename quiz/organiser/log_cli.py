"""`flask audit`: the log out as a file, and the check that nothing in it was changed."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from quiz.audit.chain import DEPLOYMENT
from quiz.audit.exporting import check_database, check_lines, export_lines
from quiz.audit.lines import Fault, Finding, Verdict, compare
from quiz.contests.queries import find_contest
from quiz.web.guards import keyring

_WORDS = {
    Fault.UNREADABLE: "is not a line of a log",
    Fault.CHANGED: "was changed",
    Fault.UNLINKED: "does not follow from the one before it, which was changed or replaced",
    Fault.MISSING: "comes after a gap: events before it are missing",
    Fault.MOVED: "stands later than it should: lines were swapped",
    Fault.REPEATED: "stands here twice",
    Fault.CUT: "is the last one, but the closing line is missing: the file was cut off",
    Fault.END_MISSING: "is the last one here, but later events existed: the end is missing",
    Fault.NOT_LISTED: "is unknown to the closing line: events were added",
    Fault.OTHER_END: "is not the last event that the closing line names: it was changed",
    Fault.AFTER_END: "stands after the closing line",
    Fault.SEAL_BROKEN: "is the closing line, and was not written by this installation",
    Fault.HISTORY_CHANGED: "differs from what the earlier file says: history was rewritten",
}


@click.group("audit")
def audit() -> None:
    """The log of every decision: a chain that shows any change."""


@audit.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--contest", "slug", help="Only the log of this contest.")
@with_appcontext
def export_command(file: Path, slug: str | None) -> None:
    """Write the log to FILE, an event a line as JSON. Keep such files elsewhere: they prove what was.

    Example: flask audit export log-2026-11-22.jsonl
    """
    only = None
    if slug is not None:
        contest = find_contest(slug)
        if contest is None:
            raise click.UsageError(f"there is no contest {slug}")
        only = contest.id
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as output:
        for line in export_lines(keyring(), only=only):
            output.write(f"{line}\n")
            count += 1
    click.echo(f"{count - 1} events written to {file}.")


@audit.command("verify")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file exported before: FILE has to go on from it.",
)
@with_appcontext
def verify_command(file: Path | None, earlier: Path | None) -> None:
    """Find any changed, missing, swapped or cut off event in FILE, or in the database where no FILE is named.

    Example: flask audit verify log-2026-11-22.jsonl --earlier log-2026-11-15.jsonl
    """
    if file is None:
        verdict = check_database(keyring())
        findings = list(verdict.findings)
        if earlier is not None:
            findings += _compared(earlier, list(export_lines(keyring())))
    else:
        verdict = check_lines(_lines(file), keyring())
        findings = list(verdict.findings)
        if earlier is not None:
            findings += _compared(earlier, _lines(file))
    for finding in findings:
        click.echo(_sentence(finding, is_file=file is not None))
    if findings:
        raise click.ClickException(f"{len(findings)} faults in {verdict.events} events")
    _say_whole(verdict)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").split("\n")


def _compared(earlier: Path, later: list[str]) -> list[Finding]:
    before = check_lines(_lines(earlier), keyring())
    if before.findings:
        raise click.ClickException(f"{earlier} itself has {len(before.findings)} faults")
    return list(compare(before, later))


def _sentence(finding: Finding, *, is_file: bool) -> str:
    where = [f"line {finding.line}"] if is_file and finding.line else []
    if finding.chain is not None:
        chain = "installation" if finding.chain == DEPLOYMENT else f"contest {finding.chain}"
        where.append(f"event {finding.sequence} of {chain}")
    return f"{', '.join(where) or 'the log'} {_WORDS[finding.fault]}"


def _say_whole(verdict: Verdict) -> None:
    click.echo(f"{verdict.events} events, nothing was changed and nothing is missing.")
    for chain, end in sorted(verdict.ends.items()):
        name = "installation" if chain == DEPLOYMENT else f"contest {chain}"
        click.echo(f"  {name}: {end.length} events, the last is {end.hash}")
    if verdict.is_sealed is None:
        click.echo("The seal is another installation's or an older key's; it was not checked.", err=True)
