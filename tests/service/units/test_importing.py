"""Importing trees on both databases: all or nothing, codes keep their ids."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quiz.audit.models import AuditEvent
from quiz.core.database import db
from quiz.core.errors import NotFound
from quiz.core.settings import ROOT
from quiz.units import queries
from quiz.units.errors import TreeInvalid
from quiz.units.models import Unit, UnitTree
from quiz.units.service import ImportOutcome, import_tree, preview_tree
from tests.support.factories import NOW
from tests.support.staff import ACTOR

HEAD = "code,parent_code,name,kind,headcount\n"
TREE = HEAD + (
    "14,,Tỉnh Sơn La,tỉnh,\n"
    "XA,14,Các xã,nhóm,\n"
    "03808,XA,Xã Mường La,xã,120\n"
    "03646,XA,Xã Đoàn Kết,xã,\n"
    "SO,14,Các sở,nhóm,\n"
)


def imported(text: str = TREE, **options: object) -> ImportOutcome:
    return import_tree(text.encode(), "units.csv", "son-la", actor=ACTOR, now=NOW, **options)  # type: ignore[arg-type]


def units() -> dict[str, Unit]:
    return {unit.code: unit for unit in queries.list_units(queries.get_tree("son-la"))}


def rows() -> int:
    tables = (Unit, UnitTree, AuditEvent)
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def test_the_demo_file_makes_a_tree_in_its_order() -> None:
    data = (ROOT / "demo" / "units-son-la.csv").read_bytes()
    told: list[tuple[int, int]] = []
    outcome = import_tree(
        data, "u.csv", "son-la", actor=ACTOR, now=NOW, progress=lambda done, total: told.append((done, total))
    )
    assert outcome.is_saved
    assert told[-1] == (115, 115)
    tree = queries.get_tree("son-la")
    assert (tree.name, tree.imported_at) == ("Tỉnh Sơn La", NOW)
    listed = queries.list_units(tree)
    assert [unit.position for unit in listed] == list(range(115))
    by_id = {unit.id: unit for unit in listed}
    for unit in listed:
        parent = by_id.get(unit.parent_id) if unit.parent_id else None
        assert unit.depth == (parent.depth + 1 if parent else 0)
        assert parent is None or parent.position < unit.position
    assert dict(queries.count_units_by_kind(tree))["xã"] == 67
    assert queries.find_unit(tree, "03646") is not None
    assert queries.find_unit(tree, "3646") is None, "the zero in front is part of the code"


def test_again_changes_nothing_and_keeps_every_id() -> None:
    imported()
    before = {code: unit.id for code, unit in units().items()}
    outcome = imported()
    assert outcome.plan.changes_nothing
    assert {code: unit.id for code, unit in units().items()} == before


def test_names_parents_and_order_change_under_the_same_ids() -> None:
    imported()
    before = {code: unit.id for code, unit in units().items()}
    outcome = imported(
        HEAD
        + "14,,Tỉnh Sơn La,tỉnh,\n"
        + "SO,14,Các sở,nhóm,\n"
        + "03808,SO,Xã Mường La mới,xã,130\n"
        + "03646,14,Xã Đoàn Kết,xã,\n"
        + "XA,14,Các xã,nhóm,\n"
        + "NEW,XA,Xã Mới,xã,\n"
    )
    assert [row.code for row in outcome.plan.added] == ["NEW"]
    assert [row.code for row in outcome.plan.changed] == ["03808", "03646"]
    after = units()
    assert {code: after[code].id for code in before} == before
    moved = after["03808"]
    assert (moved.name, moved.headcount, moved.parent_id, moved.position) == (
        "Xã Mường La mới",
        130,
        after["SO"].id,
        2,
    )
    assert list(after) == ["14", "SO", "03808", "03646", "XA", "NEW"]


@pytest.mark.parametrize(
    "text, code, line, column",
    [
        (HEAD + "14,,Tỉnh,tỉnh,\n,14,Xã không mã,xã,\n", "empty-code", 3, "code"),
        (HEAD + "14,,Tỉnh,tỉnh,\n14,,Tỉnh khác,tỉnh,\n", "duplicate-code", 3, "code"),
        (HEAD + "14,,Tỉnh,tỉnh,\n1,15,Xã,xã,\n", "unknown-parent", 3, "parent_code"),
        (HEAD + "1,2,A,xã,\n2,1,B,xã,\n", "cycle", 2, "parent_code"),
        (HEAD + "14,,Tỉnh,tỉnh,nhiều\n", "bad-headcount", 2, "headcount"),
        ("code,parent,name,kind,headcount\n14,,Tỉnh,tỉnh,\n", "missing-column", 1, None),
        ("", "empty-file", 1, None),
        (HEAD, "no-rows", 2, None),
    ],
)
def test_a_wrong_file_changes_nothing(text: str, code: str, line: int, column: str | None) -> None:
    imported()
    before = rows()
    outcome = imported(text)
    assert not outcome.is_saved
    problem = next(problem for problem in outcome.reading.problems if problem.code == code)
    assert (problem.line, problem.column) == (line, column)
    assert problem.message
    assert problem.mend
    assert rows() == before


def test_units_that_are_left_out_stop_the_import() -> None:
    imported()
    before = rows()
    less = HEAD + "14,,Tỉnh Sơn La,tỉnh,\nXA,14,Các xã,nhóm,\n03808,14,Xã Mường La,xã,120\n"
    outcome = imported(less)
    assert outcome.is_refused_for_vanished
    assert [unit.code for unit in outcome.plan.vanished] == ["03646", "SO"]
    assert rows() == before
    assert imported(less, remove_missing=True).is_saved
    assert set(units()) == {"14", "XA", "03808"}


def test_a_whole_branch_can_go() -> None:
    imported()
    outcome = imported(HEAD + "14,,Tỉnh Sơn La,tỉnh,\n03808,14,Xã Mường La,xã,120\n", remove_missing=True)
    assert [unit.code for unit in outcome.plan.vanished] == ["XA", "03646", "SO"]
    assert list(units()) == ["14", "03808"]


def test_a_preview_saves_nothing() -> None:
    outcome = preview_tree(TREE.encode(), "units.csv", "son-la")
    assert len(outcome.plan.added) == 5
    assert rows() == 0
    with pytest.raises(NotFound):
        queries.get_tree("son-la")


def test_the_name_of_a_tree_stays_until_another_is_given() -> None:
    imported(tree_name="Sơn La sau sắp xếp")
    imported()
    assert queries.get_tree("son-la").name == "Sơn La sau sắp xếp"


@pytest.mark.parametrize("slug", ["", "Son-La", "sơn-la", "son la", "-son", "a" * 41, "../x"])
def test_slugs_are_plain(slug: str) -> None:
    with pytest.raises(TreeInvalid):
        import_tree(TREE.encode(), "units.csv", slug, actor=ACTOR, now=NOW)


def test_two_trees_may_use_the_same_codes() -> None:
    imported()
    import_tree(TREE.encode(), "units.csv", "lang-son", "Lạng Sơn", actor=ACTOR, now=NOW + timedelta(days=1))
    assert [(row.tree.slug, row.units) for row in queries.list_trees()] == [("lang-son", 5), ("son-la", 5)]


@pytest.mark.parametrize(
    "text, codes",
    [
        ("muong la", ["03808"]),
        ("MƯỜNG", ["03808"]),
        ("doan ket xa", ["03646"]),
        ("036", ["03646"]),
        ("100%", []),
        ("_", ["14", "XA", "03808", "03646", "SO"]),  # nothing but punctuation asks for nothing
        ("", ["14", "XA", "03808", "03646", "SO"]),
    ],
)
def test_searching_without_marks(text: str, codes: list[str]) -> None:
    imported()
    found = queries.browse_units(queries.get_tree("son-la"), text)
    assert [unit.code for unit in found.units] == codes
    assert found.total == len(codes)


def test_pages_beyond_the_last_show_the_last() -> None:
    imported()
    assert queries.browse_units(queries.get_tree("son-la"), "", 99).page == 1
