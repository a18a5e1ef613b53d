"""One door for every file: `read` always gives a report and never raises because of what is in the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from defusedxml.common import DefusedXmlException

from question_bank import archives, limits, places, signatures
from question_bank.duplicates import find_duplicates
from question_bank.fingerprints import fingerprint
from question_bank.formats import FORMATS, Format, find_format
from question_bank.memory import Memory
from question_bank.problems import problem
from question_bank.refusals import Refused
from question_bank.source import Progress, Source, part, silent
from question_bank.values import Draft, Findings, Likeness, Problem, Question, Report, Severity

MEGABYTE = 1024 * 1024
# Of all the work; the rest is looking for duplicates.
_READING_SHARE = 0.8
_OF_COMPARING = frozenset({"duplicate-question", "conflicting-keys", "contradicting-question"})


def read(
    data: bytes,
    name: str,
    *,
    format: str | None = None,  # noqa: A002 -- the word that the command and the page use
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Report:
    """Read a file of questions.

    The format follows from the content; `format` insists on one. A refused file is a report with no
    questions and an error whose code says why. `progress(done, total)` is told from time to time how far
    the work is; only an exception of its own comes through. With a `memory`, `compare` is quick afterwards.
    """
    watched = _Watched(progress or silent)
    source = Source(name=name, data=data, progress=part(watched, 0, _READING_SHARE))
    chosen: Format | None = None
    try:
        _check_size(source)
        archives.check(data)
        chosen = _choose(source, format)
        findings = chosen.read(source)
    except Refused as refusal:
        return _refusal(source, chosen, refusal.problem)
    except DefusedXmlException:
        return _refusal(source, chosen, problem("unsafe-xml", places.FILE))
    except Exception as error:
        # Readers stand on libraries that were not written for hostile files.
        if watched.raised is not None:
            raise watched.raised from error
        return _refusal(source, chosen, problem("corrupt-file", places.FILE))
    return _report(source, chosen, findings, part(watched, _READING_SHARE, 1), memory or Memory())


def compare(report: Report, progress: Progress = silent, memory: Memory | None = None) -> Report:
    """The report after its questions have changed: what is there twice or contradicts is looked for anew.

    With the `memory` of an earlier comparing of the file only what has changed is looked at.
    """
    memory = memory or Memory()
    problems = [one for one in report.problems if one.code not in _OF_COMPARING]
    duplicates = find_duplicates(report.questions, progress=progress, memory=memory)
    problems += _repeated(report.questions, memory) + _contradictions(report.questions, duplicates)
    return replace(report, problems=_shortened(problems), duplicates=duplicates)


@dataclass
class _Watched:
    """Tells an exception of the caller's own callback from one of a reader."""

    inner: Callable[[int, int], None]
    raised: Exception | None = field(default=None, init=False)

    def __call__(self, done: int, total: int) -> None:
        try:
            self.inner(done, total)
        except Exception as error:
            self.raised = error
            raise


def _check_size(source: Source) -> None:
    if len(source.data) > limits.MAX_FILE_BYTES:
        size = f"{len(source.data) / MEGABYTE:.1f}".replace(".", ",")
        limit = limits.MAX_FILE_BYTES // MEGABYTE
        raise Refused(problem("too-large", places.FILE, size=size, limit=limit))
    if not source.data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Refused(problem("empty-file", places.FILE))
    if signatures.is_locked(source.data):
        raise Refused(problem("password", places.FILE))


def _choose(source: Source, wanted: str | None) -> Format:
    """The format to read with; raises `Refused` when content and name do not fit together."""
    if (found := signatures.save_as(source)) is not None:
        what, how = found
        raise Refused(problem("save-as-docx", places.FILE, found=what, how=how))
    if wanted is not None:
        asked = find_format(wanted)
        if asked is None:
            raise Refused(_unknown(wanted))
        if not asked.sniff(source):
            raise Refused(_mismatch(asked.label, source))
        return asked
    by_name = [entry for entry in FORMATS if source.extension in entry.extensions]
    for entry in by_name or FORMATS:
        if entry.sniff(source):
            return entry
    if by_name:
        raise Refused(_mismatch(f"{by_name[0].label} (.{source.extension})", source))
    raise Refused(_unknown(source.name))


def _unknown(name: str) -> Problem:
    known = ", ".join(entry.label for entry in FORMATS)
    return problem("unknown-format", places.FILE, name=name, known=known)


def _mismatch(says: str, source: Source) -> Problem:
    recognised = next((entry.label for entry in FORMATS if entry.sniff(source)), None)
    found = recognised or signatures.describe(source)
    return problem("not-what-it-says", places.FILE, says=says, found=found)


def _refusal(source: Source, chosen: Format | None, why: Problem) -> Report:
    return Report(file=source.name, format=chosen.name if chosen else "", problems=(why,))


def _report(source: Source, chosen: Format, findings: Findings, progress: Progress, memory: Memory) -> Report:
    questions = _with_own_numbers(findings.questions)
    drafts = _apart(findings.drafts, questions)
    problems = list(findings.problems)
    if len(questions) > limits.MAX_QUESTIONS:
        return _refusal(
            source, chosen, problem("too-many-questions", places.FILE, limit=limits.MAX_QUESTIONS)
        )
    if not questions and not any(one.severity is Severity.ERROR for one in problems):
        problems.append(problem("no-questions", places.FILE))
    duplicates = find_duplicates(questions, progress=progress, memory=memory)
    problems += _repeated(questions, memory) + _contradictions(questions, duplicates)
    return Report(
        file=source.name,
        format=chosen.name,
        questions=questions,
        problems=_shortened(problems),
        skipped=dict(findings.skipped),
        duplicates=duplicates,
        drafts=drafts,
        as_typed=dict(findings.as_typed),
    )


def _with_own_numbers(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Numbers identify questions in a report; a second "7" becomes "7 (2)"."""
    seen: Counter[str] = Counter()
    used = {question.number for question in questions}
    out: list[Question] = []
    for question in questions:
        seen[question.number] += 1
        number = question.number
        while seen[question.number] > 1 and number in used:
            number = f"{question.number} ({seen[question.number]})"
            if number in used:
                seen[question.number] += 1
        used.add(number)
        out.append(question if number == question.number else replace(question, number=number))
    return tuple(out)


def _apart(drafts: tuple[Draft, ...], questions: tuple[Question, ...]) -> tuple[Draft, ...]:
    """One draft for a number; none for a number that a question of the file has."""
    taken = {question.number for question in questions}
    return tuple({draft.number: draft for draft in drafts if draft.number not in taken}.values())


def _repeated(questions: tuple[Question, ...], memory: Memory) -> list[Problem]:
    """The same question with the same choices and key again: an error, because one of them is too many."""
    first: dict[str, Question] = {}
    problems: list[Problem] = []
    marks = memory.of_questions("fingerprint", questions, fingerprint)
    for question, mark in zip(questions, marks, strict=True):
        earlier = first.setdefault(mark, question)
        if earlier is not question:
            where = places.in_vietnamese(earlier.place)
            problems.append(
                problem(
                    "duplicate-question", question.place, question.number, other=earlier.number, where=where
                )
            )
    return problems


def _contradictions(questions: tuple[Question, ...], duplicates: tuple[Likeness, ...]) -> list[Problem]:
    """The same question with another key: somebody has to decide."""
    by_number = {question.number: question for question in questions}
    problems: list[Problem] = []
    for pair in duplicates:
        if pair.same_key:
            continue
        first, second = by_number[pair.a], by_number[pair.b]
        code = "conflicting-keys" if pair.likeness == 1 else "contradicting-question"
        where = places.in_vietnamese(first.place)
        problems.append(problem(code, second.place, second.number, other=first.number, where=where))
    return problems


def _shortened(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= limits.MAX_PROBLEMS:
        return tuple(problems)
    rest = problem("too-many-problems", places.FILE, limit=limits.MAX_PROBLEMS)
    return (*problems[: limits.MAX_PROBLEMS], rest)
