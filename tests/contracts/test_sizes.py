"""Small files, small functions: one subject each."""

import ast

from tests.support.sources import FunctionNode, for_every_file, functions, python_files, tracked

_FILE_LINES = 300
_FUNCTION_LINES = 40
_TABLE_LINES = 350  # tests are mostly tables
_CODE = python_files("benches", "drills", "question_bank", "quiz")
_PAGES = [
    path for path in tracked() if path.suffix in (".html", ".js", ".css") and "vendor" not in path.parts
]


@for_every_file([*_CODE, *python_files("tests")])
def test_python_files_have_one_subject(path):
    most = _FILE_LINES if path in _CODE else _TABLE_LINES
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= most, f"{lines} lines: split by a noun of the domain"


@for_every_file(_CODE)
def test_functions_fit_on_a_screen(path):
    long = {one.name: _lines(one) for one in functions(path) if _lines(one) > _FUNCTION_LINES}
    assert not long


@for_every_file(_PAGES)
def test_pages_scripts_and_styles_stay_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 350, f"{lines} lines"


def _lines(function: FunctionNode) -> int:
    """Lines without the docstring and without inner functions, which are counted themselves."""
    last = function.end_lineno or function.lineno
    lines = set(range(function.lineno, last + 1))
    for inner in ast.walk(function):
        if inner is not function and isinstance(inner, FunctionNode):
            lines -= set(range(inner.lineno, (inner.end_lineno or inner.lineno) + 1))
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return len(lines)
