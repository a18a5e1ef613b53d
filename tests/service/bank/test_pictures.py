"""Pictures come in with their questions, are kept once, go out again, and go when nothing shows them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from question_bank.reading import read
from question_bank.values import Image, Question
from question_bank.writers import find_writer
from quiz.bank import pictures, queries, service
from quiz.bank.banks import create_bank
from quiz.bank.errors import QuestionInvalid
from quiz.bank.models import Bank, BankQuestion, Picture
from quiz.bank.picture_queries import find_picture
from quiz.bank.picture_uploads import keep_picture
from quiz.core.database import db, transaction
from quiz.core.errors import NotFound
from tests.support import pictures as made
from tests.support.factories import NOW
from tests.support.parallel import at_once
from tests.support.questions import make_question
from tests.support.staff import ACTOR

BANK = "hinh"
RED, BLUE = made.png(), made.png(colour=(0, 0, 187))
LATER = NOW + timedelta(days=3)


def image(data: bytes = RED, alt: str = "hình vuông đỏ", choice: int | None = None) -> Image:
    return Image("dap-an-dung.png", "image/png", data, alt, choice)


def imported(*questions: Question, format_: str = "json", **options: object) -> service.ImportOutcome:
    writer = find_writer(format_)
    assert writer is not None
    report = read(writer.write(questions), f"cau-hoi.{writer.extension}")
    return service.import_questions(report, BANK, approve=True, actor=ACTOR, now=NOW, **options)  # type: ignore[arg-type]


def exported(**options: bool) -> list[Question]:
    return queries.list_exported(queries.get_bank(BANK).id, **options)


def stored() -> int:
    return db.session.scalar(select(func.count()).select_from(Picture)) or 0


@pytest.mark.parametrize("format_", ["json", "docx", "moodle", "qti"])
def test_pictures_come_in_and_go_out(format_: str) -> None:
    asked = make_question("Hình này là gì?", images=(image(), image(BLUE, "hình vuông xanh", 1)))
    outcome = imported(asked, format_=format_)
    assert outcome.is_saved, [problem.message for problem in outcome.plan.report.problems]
    [found] = exported()
    assert [(one.data, one.choice, one.alt) for one in found.images] == [
        (RED, None, "hình vuông đỏ"),
        (BLUE, 1, "hình vuông xanh"),
    ]
    assert not imported(found, format_=format_).plan.new  # the same file again: nothing new
    bank = queries.get_bank(BANK)
    [view] = queries.revisions([item.id for item in queries.pool(bank.id)]).values()
    assert [(one.width, one.height, one.extension) for one in view.pictures] == [(6, 4, "png")] * 2


def test_a_picture_is_kept_once_and_without_what_tells_of_people() -> None:
    one = make_question("Một?", images=(image(made.telling_png()),))
    two = make_question("Hai?", ("a", "b"), number="2", images=(image(RED), image(choice=0)))
    assert imported(one, two).saved == 2
    assert stored() == 1
    found = find_picture(exported()[0].images[0].digest or _digest(RED), "png")
    assert found is not None
    assert (found.data, found.media_type) == (RED, "image/png")
    assert find_picture(_digest(RED), "jpg") is None
    assert find_picture("0" * 64, "png") is None


def _digest(data: bytes) -> str:
    return db.session.scalars(select(Picture.digest).where(Picture.data == data)).one()


def test_equal_words_with_other_pictures_are_other_questions() -> None:
    words = ("Hình này vẽ gì?", ("Núi", "Sông", "Biển"), (0,))
    assert imported(make_question(*words, images=(image(),))).saved == 1
    other = imported(make_question(*words, images=(image(BLUE),)))
    assert (other.saved, len(other.plan.known)) == (1, 0)
    same = imported(make_question(*words, images=(image(alt="khác"),)))
    assert (same.saved, len(same.plan.known)) == (0, 1)
    conflict = imported(make_question(words[0], words[1], (1,), images=(image(),)))
    assert "conflicts-with-bank" in {problem.code for problem in conflict.plan.report.problems}


def test_a_picture_that_cannot_be_kept_stops_its_question() -> None:
    bad, good = make_question("Một?", images=(image(made.moving_png()),)), make_question("Hai?", number="2")
    outcome = imported(bad, good)
    assert not outcome.is_saved
    assert [problem.code for problem in outcome.plan.report.problems] == ["picture-moves"]
    assert imported(bad, good, accept_partial=True).saved == 1
    assert (stored(), [one.text for one in exported()]) == (0, ["Hai?"])


def test_a_picture_without_words_is_a_warning_and_gets_none() -> None:
    outcome = imported(make_question(images=(image(alt=""),)))
    assert outcome.is_saved
    assert [problem.code for problem in outcome.plan.report.problems] == ["picture-no-alt"]
    assert exported()[0].images[0].alt == ""


def test_a_new_wording_keeps_its_pictures_or_brings_others() -> None:
    imported(make_question(images=(image(),)))
    [item] = queries.list_stored(queries.get_bank(BANK).id)
    assert item.question.images[0].data == b""
    assert item.question.images[0].digest
    first = service.revise(
        item.id, replace(item.question, text="Khác?"), seen_revision=_current(item.id), **_by()
    )
    assert first.images == [
        {
            "digest": item.question.images[0].digest,
            "extension": "png",
            "name": "dap-an-dung.png",
            "alt": "hình vuông đỏ",
            "width": 6,
            "height": 4,
        }
    ]
    other = replace(item.question, images=(image(BLUE, "xanh", 2),))
    second = service.revise(item.id, other, seen_revision=first.id, **_by())
    assert (second.number, second.images[0]["choice"], stored()) == (3, 2, 2)
    again = service.revise(item.id, other, seen_revision=second.id, **_by())
    assert again.id == second.id


def _by() -> dict[str, object]:
    return {"submit": False, "actor": ACTOR, "now": NOW}


def _current(question_id: int) -> int:
    return db.session.get_one(BankQuestion, question_id).current_revision_id


@pytest.mark.parametrize(
    "images",
    [(image(b"<svg/>"),), (image(choice=7),), (image(),) * 9],
    ids=["not a picture", "of no choice", "too many"],
)
def test_nobody_saves_what_an_import_would_refuse(images: tuple[Image, ...]) -> None:
    bank = service_bank()
    with pytest.raises(QuestionInvalid, match="question_picture"):
        service.add_question(bank.id, make_question(images=images), **_by())
    assert stored() == 0


def test_a_digest_of_another_bank_is_unknown() -> None:
    imported(make_question(images=(image(),)))
    other = service_bank("khac")
    borrowed = replace(image(b""), digest=_digest(RED))
    with pytest.raises(NotFound):
        service.add_question(other.id, make_question(images=(borrowed,)), **_by())


def service_bank(slug: str = "moi") -> Bank:
    with transaction() as session:
        bank = Bank(slug=slug, title=slug, created_at=NOW)
        session.add(bank)
    return bank


def test_only_pictures_that_no_wording_shows_are_swept() -> None:
    imported(make_question(images=(image(),)))
    [item] = queries.list_stored(queries.get_bank(BANK).id)
    service.revise(item.id, replace(item.question, images=()), seen_revision=_current(item.id), **_by())
    with transaction() as session:  # a form that was never saved
        pictures.store(session, queries.get_bank(BANK).id, [image(BLUE)], now=NOW)
    assert pictures.sweep(now=NOW + timedelta(hours=1)) == 0  # its page may still be open
    assert pictures.sweep(now=LATER) == 1
    assert find_picture(_digest(RED), "png")  # papers may show the older wording
    assert (stored(), pictures.sweep(now=LATER)) == (1, 0)


def test_a_picture_that_is_sent_again_stays_as_if_it_were_new(app: Flask) -> None:
    bank_id = create_bank(BANK, "Hình", actor=ACTOR, now=NOW).id
    refs = at_once(app, 4, lambda: keep_picture(bank_id, image(), now=NOW))
    assert (len(set(refs)), stored()) == (1, 1)
    keep_picture(bank_id, image(), now=LATER)
    assert pictures.sweep(now=LATER) == 0
    assert pictures.sweep(now=LATER + timedelta(days=3)) == 1


def test_bytes_are_loaded_only_where_they_are_written() -> None:
    imported(make_question(images=(image(),)))
    assert exported(pictures=False)[0].images[0].data == b""
    assert exported()[0].images[0].data == RED
