"""Names: what is stored, what is compared, in which order lists stand, what the public sees."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.core.names import clean_name, mask_name, name_key, sort_key, title_key


@pytest.mark.parametrize(
    "typed,clean",
    [
        ("  Lò   Văn\tThành ", "Lò Văn Thành"),
        (unicodedata.normalize("NFD", "Đặng Thị Hòa"), "Đặng Thị Hòa"),
        ("Lò\u00a0Văn\u3000Thành", "Lò Văn Thành"),
        ("Lò\u200bVăn\ufeff", "LòVăn"),
        ("Lò\nVăn", "Lò Văn"),
        ("H'Hen Niê", "H'Hen Niê"),
        ("", ""),
        ("\u00d0ỗ \u0189ức", "Đỗ Đức"),
        ("A" * 79 + " B", "A" * 79),
        ("Á" * 200, "Á" * 80),
    ],
)
def test_a_stored_name_is_composed_and_single_spaced(typed: str, clean: str) -> None:
    assert clean_name(typed) == clean


@pytest.mark.parametrize(
    "typed",
    [
        "Đặng Thị Hòa",
        "Đặng Thị Hoà",
        unicodedata.normalize("NFD", "Đặng Thị Hòa"),
        "ĐẶNG THỊ HÒA",
        "dang thi hoa",
        "  Đặng   Thị  Hòa ",
        "Đặng-Thị Hòa.",
        "\u00d0ặng Thị Hòa",  # the Icelandic letter
    ],
)
def test_every_way_of_typing_a_name_has_one_key(typed: str) -> None:
    assert name_key(typed) == "dang thi hoa"


@pytest.mark.parametrize(
    "name,key",
    [
        ("H'Hen Niê", "hhen nie"),
        ("H\u2019Hen Niê", "hhen nie"),
        ("Y-Bhăm Êban", "y bham eban"),
        ("Ưng Hoàng Ơn", "ung hoang on"),
        ("", ""),
        ("—", ""),
    ],
)
def test_keys_of_other_names(name: str, key: str) -> None:
    assert name_key(name) == key


def in_order(names: list[str]) -> list[str]:
    shuffled = random.Random(7).sample(names, len(names))
    return sorted(shuffled, key=sort_key)


@pytest.mark.parametrize(
    "names",
    [
        # The alphabet: a ă â, d đ, e ê.
        ["An", "Ánh", "Ăn", "Ấn", "Âu", "Dương", "Đinh", "Đỗ", "Em", "Ê"],
        # Every letter.
        list("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"),
        # Tones decide only when the letters are equal: ngang huyền hỏi ngã sắc nặng.
        ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai", "Mài", "Màn", "Mằn", "Mần"],
        # The order that PostgreSQL gives with vi-x-icu.
        ["Ạ", "An", "Anh", "Ánh", "Ân", "Dũng", "Đức", "Uyên", "Ứng"],
        # Given name before middle before surname.
        ["Trần Văn An", "Nguyễn Thị Anh", "Vàng A Bình", "Bùi Văn Bình", "Lê Văn Bình", "An Bình Chi"],
        # Everybody called Hà before anybody called Hạ, whatever the middle name.
        ["Trần An Hà", "Trần Yến Hà", "Trần An Hạ", "Trần Yến Hạ"],
        # A name without middle name, then with one; a given name alone first of all.
        ["Hà", "Lê Hà", "Lê An Hà", "Lê Thị An Hà", "Lê Thị Minh Hà"],
        # A short word before the word that begins with it; a space before any letter.
        ["Lê A Páo", "Lê Anh Páo", "Lê Ba Páo"],
        # The surname is the last thing to look at: d before đ.
        ["Dương Văn An", "Đinh Văn An", "Đỗ Văn An"],
    ],
)
def test_lists_stand_in_vietnamese_order(names: list[str]) -> None:
    assert in_order(names) == names


def test_where_the_tone_stands_does_not_change_the_order() -> None:
    assert sort_key("Lê Thị Hòa") == sort_key("Lê Thị Hoà")
    assert sort_key("LÊ THỊ HÒA") == sort_key(unicodedata.normalize("NFD", "lê thị hòa"))


@given(st.text(max_size=90))
def test_sort_keys_use_only_characters_that_every_collation_orders_alike(name: str) -> None:
    assert set(sort_key(name)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize("name", ["名" * 80, "\ufdfa" * 80, "A" * 80])
def test_keys_fit_their_columns(name: str) -> None:
    assert len(sort_key(name)) <= 300
    assert len(name_key(name)) <= 300


@given(st.text(max_size=90))
def test_cleaning_twice_changes_nothing(name: str) -> None:
    once = clean_name(name)
    assert clean_name(once) == once
    assert len(once) <= 80


@pytest.mark.parametrize(
    "name,shown",
    [
        ("Lò Văn Thành", "Lò Văn T•••"),
        ("Nguyễn Thị Minh Hà", "Nguyễn Thị Minh H•••"),
        ("Páo", "P•••"),
        (unicodedata.normalize("NFD", "Lê Thị Ánh"), "Lê Thị Á•••"),
        ("", ""),
    ],
)
def test_public_pages_show_one_letter_of_the_given_name(name: str, shown: str) -> None:
    assert mask_name(name) == shown


def test_titles_stand_in_the_order_of_the_alphabet() -> None:
    """Byte order would put Đ and Ô behind Y; given names play no part in names of units."""
    ordered = [
        "Bản Áng",
        "Ban Tuyên giáo",
        "Công an tỉnh",
        "Dân quân",
        "Đảng bộ xã Chiềng Mai",
        "Đảng bộ xã Chiềng Mung",
        "Ông bà",
        "Xã Mường La",
        "Xã Yên Châu",
    ]
    assert sorted(set(ordered), key=title_key) == ordered
