"""What is committed runs anywhere: no path of one machine, no address of one network."""

import re

import pytest

from quiz.core.settings import ROOT
from tests.support.sources import for_every_file, short, tracked

# Put together here so that this file does not contain what it looks for.
_FOREIGN = re.compile(
    "|".join(
        (
            r"\.\./" + "shared",
            r"(?<![\w.])/" + r"work/(?:main|shared|plan|\.library)",
            r"(?<![\w.])/" + r"root/",
            r"(?<![\w.])/opt/" + r"(?:pypi|wheels)",
            "files.python" + "hosted.org",
            r"pypi\.org/" + "simple",
            "registry" + r"\.npmjs\.org",
            "extra-" + "index-url|find-" + r"links",
        )
    )
)
_NOT_TEXT = {".docx", ".xlsx", ".xls", ".zip", ".png", ".jpg", ".ico", ".woff2", ".sqlite3"}


def test_no_paths_or_hosts_of_one_machine():
    found = []
    for path in tracked():
        if path.suffix in _NOT_TEXT or {"files", "shapes"} & set(path.parts):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if match := _FOREIGN.search(line):
                found.append(f"{short(path)}:{number}: {match.group()}")
    assert not found


def test_every_direct_dependency_is_locked_with_hashes():
    for name in ("requirements", "requirements-dev", "requirements-postgresql"):
        wanted = re.findall(r"^([A-Za-z][A-Za-z0-9-]+)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
        locked = re.findall(
            r"^([a-z0-9-]+)==.*\\\n    --hash=", (ROOT / f"{name}.txt").read_text(), re.MULTILINE
        )
        assert {one.lower() for one in wanted} <= set(locked), f"{name}.txt is behind {name}.in: make lock"


def test_development_locks_the_same_versions_as_the_product():
    product, development = (
        dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert product.items() <= development.items()


def test_nothing_made_is_committed():
    made = [short(path) for path in tracked() if path.suffix in (".mo", ".pot", ".pyc", ".sqlite3", ".key")]
    assert not made


def test_texts_end_with_one_newline():
    bad = [
        short(path)
        for path in tracked()
        if path.suffix in {".py", ".html", ".css", ".js", ".sh", ".md", ".toml"}
        if (text := path.read_text(encoding="utf-8")) and (not text.endswith("\n") or text.endswith("\n\n"))
    ]
    assert not bad


def test_a_check_of_every_file_tells_each_at_fault():
    @for_every_file([ROOT / "Makefile", ROOT / "README.md", ROOT / "wsgi.py"])
    def check(path):
        assert path.name == "README.md", "another name"

    with pytest.raises(
        AssertionError, match=r"(?s)Makefile\n.*another name.*wsgi\.py\n.*another name"
    ) as told:
        check()
    assert "README.md\n    " not in str(told.value)


def test_a_check_without_files_is_at_fault():
    with pytest.raises(AssertionError, match="no file"):
        for_every_file([])(lambda _path: None)()
