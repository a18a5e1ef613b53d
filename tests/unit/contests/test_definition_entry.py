"""[entry] of a definition: further fields, year of birth, categories."""

import pytest

from quiz.contests.definition import (
    Birth,
    Category,
    DefinitionRefused,
    EntryPolicy,
    Presence,
    parse_definition,
    write_definition,
)
from tests.support.definitions import SMALL

FULL = """
[entry]
fields = { gender = "required", email = "optional", workplace = "optional", category = "required" }
birth = "year"
categories = [
  { code = "hoc-sinh", name = "Học sinh, sinh viên" },
  { code = "can-bo", name = "Cán bộ, công chức" },
]
"""


def entry(text: str) -> EntryPolicy:
    """The entry rules of the small contest with these lines."""
    return parse_definition(SMALL.replace("[[rounds]]", f"{text}\n[[rounds]]")).entry


def test_every_value() -> None:
    policy = entry(FULL)
    assert policy.presence("gender") is Presence.REQUIRED
    assert policy.presence("email") is Presence.OPTIONAL
    assert policy.presence("address") is Presence.OFF
    assert policy.birth is Birth.YEAR
    assert policy.asks_only_year
    assert policy.categories == (
        Category("hoc-sinh", "Học sinh, sinh viên"),
        Category("can-bo", "Cán bộ, công chức"),
    )


def test_it_is_written_and_read_again() -> None:
    definition = parse_definition(SMALL.replace("[[rounds]]", f"{FULL}\n[[rounds]]"))
    written = write_definition(definition)
    assert parse_definition(written) == definition
    assert 'birth = "year"' in written


def test_what_is_not_used_is_not_written() -> None:
    """The form of the first release stays as it was."""
    written = write_definition(parse_definition(SMALL))
    assert not any(word in written for word in ("gender", "workplace", "categories", "birth ="))


def test_categories_have_names_even_when_taken_out() -> None:
    policy = entry(FULL)
    assert policy.category_name("can-bo") == "Cán bộ, công chức"
    assert policy.category_name("cu") == "cu"
    assert policy.category_name(None) == ""


@pytest.mark.parametrize(
    "text,key,said",
    [
        ('fields = { category = "required" }', "entry.fields.category", "chưa có đối tượng nào"),
        ('fields = { gendr = "required" }', "entry.fields.gendr", "Có phải “gender”?"),
        ('birth = "month"', "entry.birth", "date, year"),
        ('categories = ["a"]', "entry.categories", "danh sách các bảng"),
        ('categories = [{ name = "A" }]', "entry.categories[1].code", "Thiếu “code”"),
        ('categories = [{ code = "Học", name = "A" }]', "entry.categories[1].code", "chữ thường không dấu"),
        (
            'categories = [{ code = "a", name = "A" }, { code = "a", name = "B" }]',
            "entry.categories[2].code",
            "cùng mã “a”",
        ),
        (
            'categories = [{ code = "a", name = "A" }, { code = "b", name = "a" }]',
            "entry.categories[2].name",
            "cùng tên",
        ),
    ],
)
def test_what_is_refused(text: str, key: str, said: str) -> None:
    with pytest.raises(DefinitionRefused) as caught:
        entry(f"[entry]\n{text}")
    found = [(problem.key, f"{problem.message} {problem.mend}") for problem in caught.value.problems]
    assert found[0][0] == key
    assert said in found[0][1]
