"""`documents` and `study` of [contest]: read, written, refused with the line."""

import pytest

from quiz.contests.definition import ContestSettings, Study, parse_definition, write_definition
from tests.support.definitions import SMALL, refused


def with_lines(*lines: str) -> str:
    title = 'title = "Cuộc thi nhỏ"\n'
    return SMALL.replace(title, title + "".join(f"{line}\n" for line in lines))


def test_documents_are_read_and_written() -> None:
    text = with_lines('documents = ["lich-su", "hai-dang-bo"]', 'study = "not_during_rounds"')
    definition = parse_definition(text)
    assert definition.settings.documents == ("lich-su", "hai-dang-bo")
    assert definition.settings.study is Study.NOT_DURING_ROUNDS
    assert parse_definition(write_definition(definition)) == definition
    assert ContestSettings.from_dict(definition.settings.as_dict()) == definition.settings


def test_without_documents_nothing_is_written() -> None:
    definition = parse_definition(SMALL)
    assert (definition.settings.documents, definition.settings.study) == ((), Study.ALWAYS)
    written = write_definition(definition)
    assert "documents" not in written
    assert "study" not in written


@pytest.mark.parametrize(
    "line, key, words",
    [
        ('documents = ["a", "Sai Mã"]', "contest.documents[2]", "Sai Mã"),
        ('documents = ["a", "a"]', "contest.documents[2]", "hai lần"),
        ("documents = [3.5]", "contest.documents[1]", "3.5"),
        ('documents = "a"', "contest.documents", "sai kiểu"),
        ('study = "never"', "contest.study", "not_during_rounds"),
    ],
)
def test_what_is_refused(line: str, key: str, words: str) -> None:
    ((at, named, message, mend),) = refused(with_lines(line))
    assert (at, named) == (4, key)
    assert words in message + mend
