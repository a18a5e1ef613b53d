"""The demo's documents say what the sourced facts say, and hold the answers of the questions quoting them."""

import csv
import re
from collections.abc import Iterator

import pytest

from question_bank.folding import fold
from question_bank.passages.reading import read_document
from question_bank.passages.values import DocumentReading
from question_bank.reading import read
from question_bank.values import Question
from quiz.core.settings import ROOT

DEMO = ROOT / "demo"
BANKS = {"lich-su-dai-hoi": "lich-su-dai-hoi.xlsx", "van-ban-son-la": "van-ban-son-la.csv"}
FACTS = list(csv.DictReader((DEMO / "congress_facts.csv").read_text(encoding="utf-8").splitlines()))
ROWS = list(csv.DictReader((DEMO / "documents" / "citations.csv").read_text(encoding="utf-8").splitlines()))
NAMES = ("lich-su-cac-ky-dai-hoi.docx", "hai-dang-bo-tinh.txt")


def reading(name: str) -> DocumentReading:
    return read_document((DEMO / "documents" / name).read_bytes(), name)


DOCUMENTS = {name.rsplit(".", 1)[0]: reading(name) for name in NAMES}


def questions() -> Iterator[tuple[dict[str, str], Question]]:
    for bank, file in BANKS.items():
        by_number = {one.number: one for one in read((DEMO / "banks" / file).read_bytes(), file).questions}
        for row in ROWS:
            if row["bank"] == bank:
                yield row, by_number[row["question"]]


def numbers(text: str) -> set[str]:
    return {number.lstrip("0") for number in re.findall(r"\d+", re.sub(r"(?<=\d)[.,](?=\d{3})", "", text))}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_are_read_without_a_problem(name: str) -> None:
    found = DOCUMENTS[name]
    assert found.title
    assert not found.problems
    assert len(found.passages) >= 8
    assert all(one.headings for one in found.passages[1:])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_is_a_sourced_fact(name: str) -> None:
    usable = [fact for fact in FACTS if not fact["value_vi"].startswith("KHÔNG DÙNG")]
    known = numbers(" ".join(f"{fact['subject']} {fact['attribute']} {fact['value_vi']}" for fact in usable))
    told = numbers("\n".join(one.text for one in DOCUMENTS[name].passages))
    assert told <= known, sorted(told - known)


def test_a_good_part_of_the_demo_questions_quotes_a_passage() -> None:
    assert len(ROWS) == len({(row["bank"], row["question"]) for row in ROWS}) == 72


@pytest.mark.parametrize("row, question", list(questions()))
def test_the_quoted_passage_holds_the_answer(row: dict[str, str], question: Question) -> None:
    having = [one for one in DOCUMENTS[row["document"]].passages if row["quote"] in one.text]
    assert len(having) == 1, "the quote says which passage it is"
    passage = " ".join((*having[0].headings, having[0].text))
    # "Which is NOT …": the passage names what it is, and so the other choices.
    negative = "KHÔNG" in question.text
    for index, choice in enumerate(question.choices):
        if (index in question.correct) is not negative:
            words = [word for word in fold(choice.text).split() if not word.isdigit()]
            told = [word for word in words if word in fold(passage).split()]
            assert numbers(choice.text) <= numbers(passage), choice.text
            assert 4 * len(told) >= 3 * len(words), choice.text
