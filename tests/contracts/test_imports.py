"""Imports go one way: pages -> services -> queries and models -> rules -> question_bank.

import-linter keeps the order of packages and kinds (pyproject.toml). This file adds what it cannot say: a
module of a domain package that none of those contracts names is a rule, and rules are pure.
"""

import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from quiz.core.settings import ROOT
from tests.support.sources import for_every_file, imported, module_name, python_files, short

_STORED = {"models", "queries", "service"}
_PAGES = {"admin", "api", "cli", "forms", "labels", "pages", "views"}
# Packages that are HTTP or ground as a whole; the others belong to the domain.
_NOT_DOMAIN = {"api", "cli", "core", "demo", "organiser", "public", "simulation", "staff", "unitdesk", "web"}
_CORE_RULES = ("dates", "emails", "genders", "names", "national_ids", "phones")
_IMPURE = (
    *(
        "alembic",
        "click",
        "flask",
        "flask_babel",
        "flask_login",
        "flask_sqlalchemy",
        "flask_wtf",
        "sqlalchemy",
    ),
    *("werkzeug", "wtforms", "quiz.core.clock", "quiz.core.database", "quiz.core.settings", "quiz.web"),
)


def _named_in_contracts() -> list[str]:
    """The modules whose kind the contracts know."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    return [name for contract in contracts for name in contract.get("source_modules", ()) if "." in name]


def _is_page(module: str) -> bool:
    return any(part == kind or part.endswith(f"_{kind}") for part in module.split(".")[2:] for kind in _PAGES)


def _domain() -> list[Path]:
    return [path for path in python_files("quiz") if _package(path) not in {*_NOT_DOMAIN, None}]


def _package(path: Path) -> str | None:
    parts = path.relative_to(ROOT / "quiz").parts
    return parts[0] if len(parts) > 1 else None


def _rules() -> list[Path]:
    named = [name for name in _named_in_contracts() if name != "quiz.scoring"]
    domain = [path for path in _domain() if not _is_page(module_name(path))]
    rules = [path for path in domain if not any(fnmatch(module_name(path), name) for name in named)]
    return rules + [path for path in python_files("quiz/core") if path.stem in _CORE_RULES]


def _within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_packages_and_kinds_keep_their_direction():
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    told = done.stdout.rpartition("╚╝────")[2] + done.stderr  # without the program's large name
    assert done.returncode == 0, told


@for_every_file(_rules())
def test_rules_are_pure(path):
    """Not pure after all? Then name the module in pyproject.toml among the services or queries."""
    names = imported(path)
    impure = {name for name in names if _within(name, _IMPURE)}
    impure |= {name for name in names if name.startswith("quiz.") and {*name.split(".")} & (_STORED | _PAGES)}
    assert not impure
    assert "random" not in names or "Random(" in path.read_text(encoding="utf-8"), "chance needs a seed"


@for_every_file(_domain())
def test_pages_of_other_packages_are_not_imported(path):
    foreign = {
        name
        for name in imported(path)
        if name.startswith("quiz.") and name.split(".")[1] not in (_package(path), "web")
        if {*name.split(".")[2:]} & {"admin", "cli", "forms", "views"}
    }
    assert not foreign


def test_the_question_bank_stands_alone():
    """It reads files and draws papers for anyone; nothing of the platform is needed."""
    foreign = {
        f"{short(path)}: {name}"
        for path in python_files("question_bank")
        for name in imported(path)
        if _within(name, ("quiz", *_IMPURE))
    }
    assert not foreign
