"""The picture beside a link: what a crawler without cookies finds, and nothing on it that is secret."""

import re
import struct
from datetime import timedelta

from quiz.contests import queries as contests
from quiz.contests.definition import PredictionRule
from quiz.core import clock
from quiz.scoring.prediction import Target
from quiz.sharing.cards import Card, card_of, card_png, draw
from quiz.sharing.figures import open_figures
from quiz.simulation.service import simulate
from tests.support.citizen import open_contest
from tests.support.factories import KEYRING


def _card(unit_code: str = "") -> Card:
    contest, now = contests.get_contest("dai-hoi"), clock.now() + timedelta(minutes=1)
    round_ = contests.get_round(contest, 1)
    unit = contests.find_unit(contest.id, unit_code) if unit_code else None
    return card_of(contest, round_, unit, open_figures(contest, round_, now), now)


def _people(app, count: int) -> str:
    """Invented people; how many attempts they made, which chance decides: questions have random names."""
    with app.app_context():
        contest = contests.get_contest("dai-hoi")
        made = simulate(
            contest, 1, entrants=count, attempts=count + 3, seed=4, now=clock.now(), keyring=KEYRING
        )
    return str(made.attempts)


def test_a_crawler_finds_the_picture(app, client):
    open_contest(app)
    for page in ("/c/dai-hoi", "/c/dai-hoi/units/03646"):
        found = re.search(r'property="og:image" content="([^"]+)"', client.get(page).get_data(as_text=True))
        assert found is not None
        assert found[1].startswith("http://localhost/c/dai-hoi/")
        reply = app.test_client().get(found[1].removeprefix("http://localhost"))
        picture = reply.get_data()
        assert struct.unpack(">II", picture[16:24]) == (1200, 630)
        assert len(picture) < 300_000
        assert reply.headers["Cache-Control"] == "public, max-age=600"
        assert "Set-Cookie" not in reply.headers
    assert client.get("/c/dai-hoi/units/khong-co/card-1.png").status_code == 404


def test_its_figures_are_those_that_everybody_may_see(app):
    open_contest(app, prediction=None)
    attempts = _people(app, 40)
    with app.test_request_context():
        assert _card().figures == (("40", "người dự thi"), (attempts, "lượt thi"))
        cards = [_card(code).figures for code in ("03646", "03688")]
    # A small unit may have nobody: then it has no place, and the other is alone.
    people = [int(value) for card in cards for value, words in card if words == "người dự thi"]
    ranked = sum(1 for one in people if one)
    assert sum(people) == 40
    for card, one in zip(cards, people, strict=True):
        places = [f"hạng trong {ranked} đơn vị"] if one else []
        assert [words for _value, words in card] == [*places, "người dự thi"]


def test_what_is_predicted_is_not_drawn(app):
    open_contest(app, prediction=PredictionRule(Target.PARTICIPANTS))
    attempts = _people(app, 7)
    with app.test_request_context():
        assert _card().figures == ((attempts, "lượt thi"),)
        assert _card("03646").figures == ()


def test_it_is_drawn_once_in_ten_minutes_and_anew_when_less_may_be_seen(app):
    open_contest(app, prediction=None)
    with app.test_request_context():
        contest, now = contests.get_contest("dai-hoi"), clock.now()
        round_ = contests.get_round(contest, 1)
        first = card_png(contest, round_, None, now)
        assert card_png(contest, round_, None, now + timedelta(minutes=9)) is first
        assert card_png(contest, round_, None, now + timedelta(minutes=11)) is not first
        assert card_png(contest, round_, None, round_.closes_at) is not first


def test_every_vietnamese_letter_has_its_own_form():
    """A letter that the font lacks, or a mark that is cut off, would look like another one."""
    letters = "aăâeêioôơuưyđ"
    marks = "\u0300\u0301\u0303\u0309\u0323"
    drawn = {draw(Card("", (letter + mark) * 3, (), "", "")) for letter in "aăâêôơưy" for mark in marks}
    assert len(drawn) == 8 * 5
    assert len({draw(Card(letter * 3, "", (), "", "")) for letter in letters}) == len(letters)
