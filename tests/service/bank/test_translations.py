"""Translations are stored with their question, and decide nothing but words."""

from dataclasses import replace

from question_bank.reading import read
from question_bank.values import Question, Translation
from question_bank.writers import find_writer
from quiz.audit.actors import Actor
from quiz.bank import life, queries, service
from quiz.bank.language_queries import translated_into
from tests.support.factories import NOW
from tests.support.questions import make_question
from tests.support.staff import ACTOR

BANK = "dich"
AUTHOR, REVIEWER = Actor.staff(11, "Người soạn"), Actor.staff(12, "Người duyệt")
ALL = ("Sơn La", "Lai Châu", "Điện Biên", "Tất cả các đáp án trên")
PLAIN = ("Sơn La", "Lai Châu", "Điện Biên", "Lào Cai")


def english(*choices: str) -> Translation:
    return Translation("en", "Which province?", choices, "It is so.")


def imported(*questions: Question) -> None:
    writer = find_writer("json")
    assert writer is not None
    report = read(writer.write(questions), "cau-hoi.json")
    outcome = service.import_questions(report, BANK, approve=True, actor=ACTOR, now=NOW)
    assert outcome.is_saved, [problem.message for problem in outcome.plan.report.problems]


def test_a_translation_comes_in_and_goes_out() -> None:
    asked = make_question("Tỉnh nào?", PLAIN, translations=(english("A", "B", "C", "D"),))
    imported(asked)
    [found] = queries.list_exported(queries.get_bank(BANK).id)
    assert found.translations == asked.translations


def test_what_keeps_its_place_follows_from_the_vietnamese_wording() -> None:
    imported(
        make_question("Một?", ALL, number="1", translations=(english("A", "B", "C", "D"),)),
        make_question("Hai?", PLAIN, number="2", translations=(english("A", "B", "C", "All of the above"),)),
    )
    pool = queries.pool(queries.get_bank(BANK).id)
    assert [item.pinned for item in pool] == [(3,), ()]


def test_a_translation_makes_no_other_question() -> None:
    plain = make_question("Tỉnh nào?", PLAIN)
    imported(plain)
    report = read(_json(replace(plain, translations=(english("A", "B", "C", "D"),))), "cau-hoi.json")
    outcome = service.import_questions(report, BANK, approve=True, actor=ACTOR, now=NOW)
    assert (outcome.saved, len(outcome.plan.known)) == (0, 1)


def _json(question: Question) -> bytes:
    writer = find_writer("json")
    assert writer is not None
    return writer.write([question])


def test_the_languages_of_a_bank_are_those_of_what_can_be_drawn() -> None:
    assert translated_into(BANK) == ()
    imported(make_question("Tỉnh nào?", PLAIN))
    assert translated_into(BANK) == ()
    [one] = queries.list_stored(queries.get_bank(BANK).id)
    translated = replace(one.question, translations=(english("A", "B", "C", "D"),))
    current = queries.pool(queries.get_bank(BANK).id)[0].id
    made = service.revise(one.id, translated, seen_revision=current, submit=True, actor=AUTHOR, now=NOW)
    assert translated_into(BANK) == ()  # it waits for a second person
    life.approve(one.id, seen_revision=made.id, actor=REVIEWER, now=NOW)
    assert translated_into(BANK) == ("en",)
    life.retire(one.id, actor=REVIEWER, now=NOW)
    assert translated_into(BANK) == ()
