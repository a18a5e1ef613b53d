"""Headings between passages, the table of contents, words looked for."""

import pytest

from quiz.documents.contents import pieces, shown_passages, table_of_contents
from quiz.documents.values import PassageView, parse_address


def view(mark: int, *headings: str, text: str = "Lời.") -> PassageView:
    return PassageView("van-ban", "Văn bản", mark, headings, text, True, mark)


PASSAGES = [view(1), view(2, "I"), view(5, "I", "1"), view(3, "I", "2"), view(4, "II", "2")]


def test_headings_stand_where_they_begin() -> None:
    begins = [[(line.depth, line.text) for line in one.begins] for one in shown_passages(PASSAGES)]
    assert begins == [[], [(0, "I")], [(1, "1")], [(1, "2")], [(0, "II"), (1, "2")]]


def test_a_page_in_the_middle_does_not_repeat_what_is_open() -> None:
    shown = shown_passages(PASSAGES[3:], before=("I", "1"))
    assert [line.text for line in shown[0].begins] == ["2"]


def test_the_table_of_contents_leads_to_passages() -> None:
    found = [(line.text, line.mark) for line in table_of_contents(PASSAGES)]
    assert found == [("I", 2), ("1", 5), ("2", 3), ("II", 4), ("2", 4)]


@pytest.mark.parametrize(
    "line, words, wanted",
    [
        ("Đại hội", [], [("Đại hội", False)]),
        ("Đại hội họp", ["dai", "hop"], [("Đại", True), (" hội ", False), ("họp", True)]),
        ("(1935)", ["1935"], [("(", False), ("1935", True), (")", False)]),
        ("", ["a"], []),
    ],
)
def test_words_looked_for(line: str, words: list[str], wanted: list[tuple[str, bool]]) -> None:
    assert list(pieces(line, words)) == wanted


@pytest.mark.parametrize(
    "address, wanted",
    [("a-b/12", ("a-b", 12)), ("a/0", None), ("a/01", None), ("A/1", None), ("a/1/2", None), ("/1", None)],
)
def test_addresses(address: str, wanted: tuple[str, int] | None) -> None:
    assert parse_address(address) == wanted
