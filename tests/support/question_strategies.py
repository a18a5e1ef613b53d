"""Hypothesis strategies: questions that any organiser may write, and some that none would."""

from dataclasses import replace

from hypothesis import strategies as st

from question_bank.encodings import tidy
from question_bank.folding import loose_key
from question_bank.values import Choice, Image, Kind, Question

_NASTY = [
    *(
        "=1+1",
        "@SUM(A1)",
        "+84",
        "-5",
        "*Huế",
        "'a",
        "'=x",
        "''=x",
        "A. Huế",
        "(b) x",
        "Câu 5: ở đâu?",
        "[x] có",
    ),
    *(
        "✓ đúng",
        '"trích"',
        "một,hai;ba",
        "<b>x</b>",
        "&amp;",
        "{a}",
        "~b",
        "1930.0",
        "03/02/1930",
        "1/2",
        "50%",
    ),
    *(
        "TRUE",
        "Đúng",
        "Sai",
        "A",
        "B",
        "1",
        "3",
        "A, C",
        "(bỏ trống)",
        "Tất cả các đáp án trên",
        "_x0041_",
        "\\n",
    ),
    *(
        "#N/A",
        "sep=,",
        "// chú thích",
        "$CATEGORY: x",
        "ANSWER: D",
        "Question 3) x",
        "Câu hỏi",
        "STT",
        "Phần I: x",
    ),
]
_ALPHABET = "abcxyz ABC đĐ ếệữ ơ Huế 0123456789 .,;:!?'\"=+-@*()[]{}<>&%#~\\/|\n\t_^$"
WORDS = st.one_of(
    st.text(_ALPHABET, min_size=1, max_size=40),
    st.text(min_size=1, max_size=20),
    st.sampled_from(_NASTY),
    st.tuples(st.sampled_from(_NASTY), st.text(_ALPHABET, max_size=10)).map("".join),
)
TEXTS = WORDS.map(tidy).filter(bool)
MAYBE = st.none() | TEXTS


@st.composite
def choice_texts(draw: st.DrawFn, minimum: int = 2, maximum: int = 8) -> list[str]:
    """Texts of choices, no two of which say the same."""
    texts: list[str] = draw(st.lists(TEXTS, min_size=minimum, max_size=maximum, unique_by=loose_key))
    return texts


@st.composite
def questions(draw: st.DrawFn, *, with_everything: bool = False) -> Question:
    """Any question; pictures and weights only `with_everything`."""
    texts = draw(choice_texts())
    kinds = [Kind.SINGLE, Kind.MULTIPLE] + ([Kind.TRUE_FALSE] if len(texts) == 2 else [])
    kind = draw(st.sampled_from(kinds))
    places = st.integers(0, len(texts) - 1)
    most = len(texts) if kind is Kind.MULTIPLE else 1
    weights = st.none() | st.floats(-1, 1) if with_everything else st.none()
    images = st.builds(
        Image, TEXTS, st.just("image/png"), st.binary(max_size=30), st.just("") | TEXTS, st.none() | places
    )
    return Question(
        number="1",
        place="item 1",
        kind=kind,
        text=draw(TEXTS),
        choices=tuple(Choice(text, draw(st.booleans()), draw(MAYBE), draw(weights)) for text in texts),
        correct=tuple(sorted(draw(st.sets(places, min_size=1, max_size=most)))),
        key_from="column",
        topic=draw(MAYBE),
        level=draw(MAYBE),
        source=draw(MAYBE),
        explanation=draw(MAYBE),
        images=tuple(draw(st.lists(images, max_size=2))) if with_everything else (),
    )


@st.composite
def banks(draw: st.DrawFn, *, with_everything: bool = False) -> list[Question]:
    """Several questions, numbered, each with its own wording."""
    some = draw(st.lists(questions(with_everything=with_everything), min_size=1, max_size=8,
                         unique_by=lambda question: loose_key(question.text)))  # fmt: skip
    return [replace(question, number=str(place)) for place, question in enumerate(some, start=1)]


def content(question: Question) -> Question:
    """A question without where it was found, for comparing."""
    return replace(question, place="", key_from="")
