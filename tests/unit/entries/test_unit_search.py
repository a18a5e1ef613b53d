"""Finding units without JavaScript: any words, no diacritics, old names, short names, codes."""

import pytest

from quiz.contests.definition import EntryPolicy
from quiz.contests.models import ContestUnit
from quiz.entries.pages import unit_groups
from quiz.entries.unit_pages import search_units, unit_trail


def unit(number: int, parent: int | None, code: str, name: str, **more: str) -> ContestUnit:
    path = "/".join(["", "14", code, ""]) if parent else f"/{code}/"
    return ContestUnit(
        contest_id=1, id=number, parent_id=parent, code=code, name=name, kind=more.pop("kind", "xã"),
        depth=1 if parent else 0, path=path, is_leaf=parent is not None, position=number, **more,
    )  # fmt: skip


UNITS = [
    unit(1, None, "14", "Tỉnh Sơn La", kind="tỉnh"),
    unit(2, 1, "03646", "Phường Tô Hiệu", old_names="Phường Quyết Tâm; Phường Quyết Thắng"),
    unit(3, 1, "03688", "Xã Mường Chiên"),
    unit(4, 1, "VKS", "Viện Kiểm sát nhân dân", short_name="VKSND", kind="cơ quan"),
    unit(5, 1, "03690", "Xã Mường Giôn"),
]


@pytest.mark.parametrize(
    "typed, codes",
    [
        ("muong chien", ["03688"]),
        ("MƯỜNG", ["03688", "03690"]),
        ("chiên mường", ["03688"]),
        ("quyet tam", ["03646"]),  # before the merger
        ("vksnd", ["VKS"]),
        ("03690", ["03690"]),
        ("0369", ["03690"]),
        ("ha noi", []),
        ("", ["03646", "03688", "VKS", "03690"]),
        (" - ", ["03646", "03688", "VKS", "03690"]),
    ],
)
def test_what_is_found(typed: str, codes: list[str]) -> None:
    search = search_units(unit_groups(UNITS, EntryPolicy()), typed)
    assert [one.code for group in search.groups for one in group.units] == codes
    assert search.only == (codes[0] if len(codes) == 1 else None)
    assert search.found == (None if not typed.strip(" -") else len(codes))


def test_where_a_unit_belongs() -> None:
    assert unit_trail(UNITS, UNITS[2]) == "Tỉnh Sơn La"
    assert unit_trail(UNITS, UNITS[0]) == ""
    assert unit_trail(UNITS, None) == ""
