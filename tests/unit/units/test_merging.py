"""What a file would change in a tree, decided by codes alone."""

from dataclasses import replace

from quiz.units.merging import KnownUnit, plan_merge
from quiz.units.rows import UnitRow

COMMUNE = UnitRow(
    line=3, code="03808", parent_code="14", name="Xã Mường La", kind="xã", old_names=("Ít Ong",)
)
KNOWN = KnownUnit(1, "03808", "14", "Xã Mường La", "xã", None, None, "Ít Ong", None)


def changes(row: UnitRow, known: KnownUnit = KNOWN) -> str:
    plan = plan_merge([row], {known.code: known})
    return "".join(
        letter
        for letter, rows in zip(
            "acuv", (plan.added, plan.changed, plan.unchanged, plan.vanished), strict=True
        )
        if rows
    )


def test_the_same_again_changes_nothing() -> None:
    assert changes(COMMUNE) == "u"
    assert changes(replace(COMMUNE, line=99)) == "u", "the order of the file is not a change of the unit"
    assert plan_merge([COMMUNE], {"03808": KNOWN}).changes_nothing


def test_every_column_counts() -> None:
    for row in (
        replace(COMMUNE, name="Xã Mường Lạ"),
        replace(COMMUNE, kind="phường"),
        replace(COMMUNE, parent_code=None),
        replace(COMMUNE, headcount=120),
        replace(COMMUNE, short_name="Mường La"),
        replace(COMMUNE, old_names=()),
        replace(COMMUNE, division="khối xã"),
    ):
        assert changes(row) == "c", row


def test_another_code_is_another_unit_even_with_the_same_name() -> None:
    assert changes(replace(COMMUNE, code="3808")) == "av"


def test_into_an_empty_tree_everything_is_new() -> None:
    plan = plan_merge([COMMUNE], {})
    assert (plan.added, plan.vanished) == ((COMMUNE,), ())
