"""The project's own files, and what their Python says without running it."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
