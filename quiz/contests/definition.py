"""A whole contest as one value, and its TOML form: what `flask contest apply` reads and `export` writes."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from quiz.contests import definition_writing as writing
from quiz.contests.definition_checks import (
    check_entry,
    check_round_categories,
    check_rounds,
)
from quiz.contests.definition_collective import CollectiveDefinition
from quiz.contests.definition_collective_form import check_collective, read_collective, write_collective
from quiz.contests.definition_entry import Birth, Category, EntryFields, EntryPolicy, Presence, Unique, Way
from quiz.contests.definition_entry_form import read_entry, write_entry
from quiz.contests.definition_json import Piece
from quiz.contests.definition_lines import Path, key_lines, line_of
from quiz.contests.definition_list_form import check_lists, read_list, write_list
from quiz.contests.definition_lists import ListDefinition, Take
from quiz.contests.definition_parsing import read_round, read_settings
from quiz.contests.definition_problems import DefinitionProblem, DefinitionRefused, Finding, dotted
from quiz.contests.definition_reading import Found, Table
from quiz.contests.definition_rounds import (
    Admission,
    AttemptRule,
    AwardRule,
    CategoryRule,
    Finish,
    MatrixCell,
    PaperRule,
    Per,
    PredictionRule,
    Prize,
    PublishRule,
    PublishTime,
    RoundDefinition,
    Shuffle,
)
from quiz.contests.definition_settings import ContestSettings, Decision, Language, ResultDecision, Study
from quiz.contests.definition_syntax import syntax_problem
from quiz.contests.definition_windows import check_admissions
from quiz.contests.hours import OpenHours, Weekday

__all__ = [
    "Admission",
    "AttemptRule",
    "AwardRule",
    "Birth",
    "Category",
    "CategoryRule",
    "CollectiveDefinition",
    "ContestDefinition",
    "ContestSettings",
    "Decision",
    "DefinitionProblem",
    "DefinitionRefused",
    "EntryFields",
    "EntryPolicy",
    "Finish",
    "Language",
    "ListDefinition",
    "MatrixCell",
    "OpenHours",
    "PaperRule",
    "Per",
    "PredictionRule",
    "Presence",
    "Prize",
    "PublishRule",
    "PublishTime",
    "ResultDecision",
    "RoundDefinition",
    "Shuffle",
    "Study",
    "Take",
    "Unique",
    "Way",
    "Weekday",
    "check_definition",
    "parse_definition",
    "write_definition",
]

MAX_TEXT = 500_000
Paths = Mapping[str, tuple[Path, ...]]  # where rounds and lists stand in the text


@dataclass(frozen=True, slots=True)
class ContestDefinition(Piece):
    """Everything the organisers set about a contest. Rounds and lists stand in the order of their numbers."""

    slug: str
    settings: ContestSettings
    entry: EntryPolicy = field(default_factory=EntryPolicy)
    rounds: tuple[RoundDefinition, ...] = ()
    collective: tuple[CollectiveDefinition, ...] = ()
    lists: tuple[ListDefinition, ...] = ()

    @property
    def title(self) -> str:
        """The contest's title."""
        return self.settings.title

    @property
    def tree(self) -> str | None:
        """The slug of the tree of units, if the contest has one."""
        return self.settings.tree


def parse_definition(text: str) -> ContestDefinition:
    """The contest in a TOML text. Raises DefinitionRefused with every problem, its line and what to do."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    data = _toml(text)
    found = Found()
    definition, paths = _read(data, found)
    if not found.problems:
        found.problems.extend(_findings(definition, paths))
    if found.problems:
        lines = key_lines(text)
        raise DefinitionRefused(sorted(_problems(found.problems, lines), key=lambda problem: problem.line))
    return definition


def check_definition(definition: ContestDefinition) -> tuple[DefinitionProblem, ...]:
    """What does not agree in a definition that was put together on a page; empty if it may be used."""
    paths = {
        "rounds": tuple(("rounds", index) for index in range(len(definition.rounds))),
        "lists": tuple(("lists", index) for index in range(len(definition.lists))),
    }
    return tuple(_problems(_findings(definition, paths), None))


def write_definition(definition: ContestDefinition) -> str:
    """The definition as TOML; parsing it gives an equal definition."""
    zone = definition.settings.zone
    sections = [
        writing.write_settings(definition.slug, definition.settings),
        write_entry(definition.entry),
        *(writing.write_round(round_, zone) for round_ in definition.rounds),
        *(write_list(one) for one in definition.lists),
        *(write_collective(collective) for collective in definition.collective),
    ]
    return "\n".join(sections)


def _toml(text: str) -> dict[str, Any]:
    if len(text) > MAX_TEXT:
        raise DefinitionRefused(
            [DefinitionProblem(1, "", f"Tệp dài {len(text)} ký tự.", f"Nhiều nhất {MAX_TEXT} ký tự.")]
        )
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as error:  # also for a number of thousands of digits
        raise DefinitionRefused([syntax_problem(text, str(error))]) from error
    except RecursionError as error:
        raise DefinitionRefused([syntax_problem(text, "too deep")]) from error


def _read(data: dict[str, Any], found: Found) -> tuple[ContestDefinition, Paths]:
    """The definition, and the path that each of its rounds and lists has in the text."""
    table = Table(data, (), found)
    slug, settings = read_settings(table.table("contest"))
    entry = read_entry(table.table("entry"), has_tree=settings.tree is not None)
    rounds = sorted(
        (
            (read_round(inner, settings.zone), inner.path)
            for inner in table.tables("rounds", example="[[rounds]] với hai dấu ngoặc, mỗi vòng một lần")
        ),
        key=lambda pair: pair[0].number,
    )
    collective = tuple(
        read_collective(inner)
        for inner in table.tables("collective", example="[[collective]] với hai dấu ngoặc, mỗi giải một lần")
    )
    found_lists = table.tables("lists", example="[[lists]] với hai dấu ngoặc, mỗi bảng chung một lần")
    lists = sorted(
        ((read_list(inner, place), inner.path) for place, inner in enumerate(found_lists, start=1)),
        key=lambda pair: pair[0].number,
    )
    table.done()
    definition = ContestDefinition(
        slug,
        settings,
        entry,
        tuple(one for one, _ in rounds),
        collective,
        tuple(one for one, _ in lists),
    )
    paths = {"rounds": tuple(path for _, path in rounds), "lists": tuple(path for _, path in lists)}
    return definition, paths


def _findings(definition: ContestDefinition, all_paths: Paths) -> list[Finding]:
    paths = all_paths["rounds"]
    has_tree = definition.tree is not None
    return [
        *check_entry(definition.entry, has_tree=has_tree),
        *check_rounds(definition.rounds, paths),
        *check_round_categories(definition.rounds, paths, definition.entry),
        *check_collective(
            definition.collective, definition.entry, definition.rounds, definition.lists, has_tree=has_tree
        ),
        *check_lists(definition.lists, definition.rounds, all_paths["lists"]),
        *check_admissions(definition.rounds, paths, {one.number: one.rounds for one in definition.lists}),
    ]


def _problems(findings: Iterable[Finding], lines: Mapping[Path, int] | None) -> list[DefinitionProblem]:
    return [
        DefinitionProblem(0 if lines is None else line_of(lines, path), dotted(path), message, mend)
        for path, message, mend in findings
    ]
