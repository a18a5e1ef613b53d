"""What people agreed to is kept word for word; new words are agreed to before the next start."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from quiz.attempts import service as attempts
from quiz.attempts.errors import StartRefused
from quiz.contests.models import Contest
from quiz.core.database import db, transaction
from quiz.entries.consenting import Agreed, agree_again, list_consents, note_consent
from quiz.entries.errors import EntryInvalid
from quiz.entries.extras import unseal
from quiz.entries.queries import get_entry
from quiz.entries.representatives import Representative
from tests.support.factories import KEYRING, NOW, make_entry
from tests.support.parallel import at_once
from tests.support.sittings import fixed_contest, sit

MOTHER = Representative("Lò Thị Mai", "+84912000111")
LATER = NOW + timedelta(hours=1)
BORN = date(2013, 5, 6)


@pytest.fixture
def contest(app: Flask) -> Contest:
    """A contest with an open round."""
    return fixed_contest()


def new_words(contest: Contest, version: str = "2") -> None:
    """The organisers change what people agree to."""
    with transaction():
        contest.entry_data = replace(contest.entry, consent_version=version).as_dict()


def test_the_words_are_kept_once_and_every_agreement_with_its_time(contest: Contest) -> None:
    first, second = make_entry(contest, 1), make_entry(contest, 2)
    for entry in (first, second):
        note_consent(contest, entry.id, Agreed("Đồng ý thế này.", True), now=NOW)
    (given, words), *_more = list_consents(contest.id, second.id)
    assert (words, given.version, given.at, given.may_publish, given.channel) == (
        "Đồng ý thế này.",
        "1",
        NOW,
        True,
        "web",
    )
    assert given.text_id == list_consents(contest.id, first.id)[0][0].text_id


def test_ten_people_at_once_agree_to_the_same_words(app: Flask, contest: Contest) -> None:
    ids, contest_id = iter([make_entry(contest, number).id for number in range(10)]), contest.id

    def send() -> int:
        mine = db.session.get(Contest, contest_id)
        assert mine is not None
        return note_consent(mine, next(ids), Agreed("Cùng một câu.", False), now=NOW).text_id

    assert len(set(at_once(app, 10, send))) == 1


def test_new_words_are_asked_at_the_next_start(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    sit(contest, entry.id, (2, 3, 4, 1))
    new_words(contest)
    with pytest.raises(StartRefused, match="consent_outdated"):
        attempts.start(contest, entry.id, 1, now=LATER, keyring=KEYRING)
    agree_again(contest, entry.id, Agreed("Câu mới.", False), now=LATER, keyring=KEYRING)
    assert attempts.start(contest, entry.id, 1, now=LATER, keyring=KEYRING).number == 2
    again = get_entry(contest.id, entry.id)
    assert (again.consent_version, again.consented_at, again.may_publish) == ("2", LATER, False)


def test_who_is_in_the_middle_of_a_paper_goes_on(contest: Contest) -> None:
    entry = make_entry(contest, 1)
    begun = attempts.start(contest, entry.id, 1, now=NOW, keyring=KEYRING)
    new_words(contest)
    assert attempts.start(contest, entry.id, 1, now=NOW, keyring=KEYRING).id == begun.id


def test_a_child_cannot_enter_alone(contest: Contest) -> None:
    with pytest.raises(EntryInvalid, match="representative_missing"):
        make_entry(contest, 1, birth_date=BORN)
    entry = make_entry(contest, 1, birth_date=BORN, representative=MOTHER)
    kept = unseal(entry.extra_cipher, KEYRING, f"{contest.id}:{entry.id}")
    assert kept["representative"] == {"name": "Lò Thị Mai", "phone": "+84912000111"}
    assert "Mai" not in str(entry.extra_cipher)


def test_a_childs_representative_agrees_anew_too(contest: Contest) -> None:
    entry = make_entry(contest, 1, birth_date=BORN, representative=MOTHER)
    new_words(contest)
    with pytest.raises(EntryInvalid, match="representative_missing"):
        agree_again(contest, entry.id, Agreed("Câu mới.", True), now=LATER, keyring=KEYRING)
    father = Representative("Lò Văn Hặc", "+84912000222")
    agree_again(contest, entry.id, Agreed("Câu mới.", True, father), now=LATER, keyring=KEYRING)
    kept = unseal(get_entry(contest.id, entry.id).extra_cipher, KEYRING, f"{contest.id}:{entry.id}")
    assert kept["representative"]["name"] == "Lò Văn Hặc"
    assert list_consents(contest.id, entry.id)[0][0].by_representative
