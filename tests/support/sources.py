"""The project's own files, and what their Python says without running it."""

import ast
import inspect
import subprocess
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from quiz.core.settings import ROOT

PRODUCT = ("question_bank", "quiz")
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tracked() -> tuple[Path, ...]:
    """Files that are committed or would be, without the ignored ones."""
    done = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in done.stdout.split("\0") if name)
    return tuple(sorted({path for path in paths if path.is_file()}))


def python_files(*folders: str) -> list[Path]:
    """The Python files below these folders of the project."""
    roots = [ROOT / folder for folder in folders]
    return [
        path for path in tracked() if path.suffix == ".py" and any(root in path.parents for root in roots)
    ]


def templates() -> list[Path]:
    """All page templates and their parts."""
    return [path for path in tracked() if path.suffix == ".html" and ROOT / "templates" in path.parents]


def module_name(path: Path) -> str:
    """quiz/bank/models.py -> quiz.bank.models; a package's __init__ is the package itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def short(path: Path) -> str:
    """The path as a person in the project writes it."""
    return path.relative_to(ROOT).as_posix()


def for_every_file(paths: Iterable[Path]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make one test of a check of a `path`: it goes through all of them and tells every file at fault.

    A test of its own for each file would cost several times the check: thousands of reports for one sentence.
    """
    files = tuple(paths)

    def made(check: Callable[..., None]) -> Callable[..., None]:
        def test(**fixtures: Any) -> None:
            faults = {}
            for path in files:
                try:
                    check(path=path, **fixtures)
                except Exception as error:
                    faults[short(path)] = f"{type(error).__name__}: {error}"
            assert files, "no file to look at"
            assert not faults, "\n".join(f"{name}\n    {fault}" for name, fault in faults.items())

        given = inspect.signature(check)
        rest = [
            one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for name, one in given.parameters.items()
            if name != "path"
        ]
        test.__signature__ = given.replace(parameters=rest)  # type: ignore[attr-defined]  # what pytest fills in
        test.__name__, test.__doc__, test.__module__ = check.__name__, check.__doc__, check.__module__
        return test

    return made


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(path: Path) -> Iterator[FunctionNode]:
    """Every function and method of a file, inner ones too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, FunctionNode))


def imported(path: Path) -> set[str]:
    """Full names of what a file imports: modules, and names taken out of them."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def docstrings(path: Path) -> set[int]:
    """The ids of the nodes that are docstrings, to leave them out when strings are looked at."""
    owners = (ast.Module, ast.ClassDef, *FunctionNode.__args__)
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, owners) and ast.get_docstring(node, clean=False) is not None:
            first = node.body[0]
            assert isinstance(first, ast.Expr)
            found.add(id(first.value))
    return found
