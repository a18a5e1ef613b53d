"""Round trips through GIFT, Aiken, Moodle XML, QTI packages and Word: what is written is read back."""

import io
from dataclasses import replace

import docx
import pytest
from hypothesis import HealthCheck, assume, given, settings

from question_bank.folding import loose_key
from question_bank.legacy import Survey
from question_bank.readability import is_unreadable
from question_bank.reading import read
from question_bank.values import Choice, Image, Kind
from question_bank.writers import FEATURES, find_writer
from question_bank.writers.lookalikes import misleads
from question_bank.writers.markup import plain
from tests.support.question_strategies import banks, content
from tests.support.questions import codes, key_line, make_question
from tests.support.word import PIXEL

REMARKS = {
    "contradicting-question", "choices-alike", "several-right", "weights-odd", "broken-word", "editing-note",
    "watermark",
}  # fmt: skip
ROUNDS = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.differing_executors,
    ],
)


def implied_kind(question):
    """Other programs know one or several; what is right or wrong shows in the choices."""
    if question.kind is Kind.MULTIPLE:
        return Kind.MULTIPLE
    truths = sorted(loose_key(choice.text) for choice in question.choices)
    return Kind.TRUE_FALSE if truths in (["sai", "đúng"], ["false", "true"]) else Kind.SINGLE


def reduced(question, carries):
    """The question without what a format cannot carry, as `content` compares it."""
    choices = tuple(
        Choice(
            choice.text,
            choice.pinned and "pinned" in carries,
            choice.feedback if "feedback" in carries else None,
            choice.weight if "weights" in carries else None,
        )
        for choice in question.choices
    )
    kept = {name: getattr(question, name) if name in carries else None for name in FIELDS}
    pictures = tuple(
        (image.data, image.media_type, image.choice) for image in question.images if "images" in carries
    )
    return content(
        replace(question, choices=choices, kind=implied_kind(question), images=(), **kept)
    ), pictures


FIELDS = ("topic", "level", "source", "explanation")


def check(writer, bank):
    compare(writer, bank, read(writer.write(bank), f"a.{writer.extension}"))


def check_any(writer, bank):
    """The same for random letters, which look like an old or a broken font now and then."""
    report = read(writer.write(bank), f"a.{writer.extension}")
    assume(not {"old-font", "broken-characters"} & set(codes(report)))
    compare(writer, bank, report)


def compare(writer, bank, report):
    assert [problem for problem in report.problems if problem.code not in REMARKS] == []
    assert [reduced(question, writer.carries) for question in report.questions] == [
        reduced(question, writer.carries) for question in bank
    ]


def is_plausible(bank):
    """Not what XML cannot hold, and nothing that readers take for a broken or an old font."""
    text = "\n".join(str(part) for question in bank for part in parts_of(question))
    return plain(text) == text and not is_unreadable(text) and not Survey.of(text.split("\n")).lines


def parts_of(question):
    yield from (question.text, question.topic, question.level, question.source, question.explanation)
    for choice in question.choices:
        yield from (choice.text, choice.feedback)


@pytest.mark.parametrize("name", ["gift", "moodle", "qti"])
@ROUNDS
@given(bank=banks())
def test_nothing_is_lost_that_the_format_carries(name, bank):
    bank = [replace(question, **one_line(question)) for question in bank]
    assume(is_plausible(bank))
    check_any(find_writer(name), bank)


def one_line(question):
    """Names of topics and levels are one line in every program."""
    return {name: " ".join((getattr(question, name) or "").split()) or None for name in ("topic", "level")}


def without_empty_lines(question):
    """Between paragraphs of a Word document an empty line only separates."""
    return {
        name: (getattr(question, name) or "").replace("\n\n", "\n") or None
        for name in ("text", "source", "explanation")
    }


@pytest.mark.parametrize("name", ["docx", "aiken"])
@ROUNDS
@given(bank=banks())
def test_typed_forms_carry_what_cannot_be_mistaken(name, bank):
    writer = find_writer(name)
    bank = [question for question in bank if not lost(writer, question)]
    bank = [
        replace(question, number=str(number), **one_line(question), **without_empty_lines(question))
        for number, question in enumerate(bank, start=1)
    ]
    assume(bank and is_plausible(bank))
    check_any(writer, bank)


def lost(writer, question):
    """Whether a question has something in its texts or key that the writer says it cannot carry."""
    matters = {"lines", "choice_lines", "lookalikes", "multiple", "one_of_several"}
    return any(loss.feature in matters for loss in writer.losses([question]))


RICH = make_question(
    "Hình nào đúng?\nChọn một.",
    ("Hà Nội", "Huế", "Hình C", "Tất cả"),
    (0, 1),
    topic="Sơn La",
    level="Khó",
    source="Điều 1\nĐiều 2",
    explanation="Vì thế.\nVà thế.",
    images=(
        Image("a.png", "image/png", PIXEL, "một hình"),
        Image("b.png", "image/png", PIXEL, choice=2),
    ),
)
WEIGHTED = replace(
    RICH,
    images=(),
    choices=(
        Choice("Hà Nội", feedback="đúng\nrồi", weight=0.7),
        Choice("Huế", weight=0.3),
        Choice("Vinh", feedback="sai", weight=-0.5),
        Choice("Tất cả", pinned=True, weight=0.0),
    ),
)


@pytest.mark.parametrize("name", ["gift", "moodle", "qti", "docx"])
@pytest.mark.parametrize("question", [RICH, WEIGHTED], ids=["pictures", "weights"])
def test_a_rich_question(name, question):
    writer = find_writer(name)
    carried = question if "images" in writer.carries else replace(question, images=())
    check(writer, [carried])


def test_true_and_false_with_feedback():
    choices = (Choice("Đúng", feedback="giỏi"), Choice("Sai", feedback="nhầm"))
    for correct in ((0,), (1,)):
        question = replace(make_question("Hà Nội là thủ đô.", ("Đúng", "Sai"), correct), choices=choices)
        for name in ("gift", "moodle", "qti"):
            check(find_writer(name), [replace(question, kind=Kind.TRUE_FALSE)])


def test_pictures_in_a_package_keep_their_words():
    (question,) = read(find_writer("qti").write([RICH]), "a.zip").questions
    assert [image.alt for image in question.images] == ["một hình", ""]


def test_aiken_leaves_out_what_has_several_answers():
    report = read(find_writer("aiken").write([RICH, make_question()]), "a.aiken.txt")
    assert key_line(report) == "1A"
    assert {loss.feature for loss in find_writer("aiken").losses([RICH])} >= {"multiple", "images", "source"}


def test_the_paper_without_answers_says_nothing_of_them():
    data = find_writer("docx-paper").write([replace(RICH, images=()), make_question(number="2")])
    report = read(data, "de.docx")
    assert codes(report) == ["no-key", "no-key"]
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    assert "Điều 1" not in text
    assert "Vì thế" not in text
    assert "Đáp án" not in text


def test_many_topics_and_none():
    bank = [replace(make_question(f"Câu thứ {n}?", number=str(n)), topic=topic)
            for n, topic in enumerate(["A/B", "A/B", None, "Địa lý"], start=1)]  # fmt: skip
    for name in ("gift", "moodle", "qti", "docx"):
        check(find_writer(name), bank)


def test_what_looks_like_another_part_is_said():
    assert not misleads(make_question())
    for text in ("A. Pushkin là ai?", "1. Một", "Đáp án: A", "Câu 2: gì?", "Nguồn: x", "PHẦN I. x"):
        assert misleads(make_question(text)), text
    assert set(FEATURES) >= {"lookalikes", "lines", "choice_lines", "key"}
