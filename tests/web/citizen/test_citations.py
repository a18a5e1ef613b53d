"""After publication the review leads from each question to its passage; before, nobody learns of it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from quiz.attempts.models import Attempt
from quiz.bank.models import QuestionRevision
from quiz.contests.definition import Study
from quiz.contests.models import Round
from quiz.contests.phases import RoundState
from quiz.core import clock
from quiz.core.caches import forget_all
from quiz.core.database import transaction
from tests.support.citizen import enter, open_contest, start
from tests.support.client import Client
from tests.support.documents import give_documents, make_document

QUOTE = "Đại hội họp tại Ma Cao"
LINK = 'href="/c/dai-hoi/documents/lich-su/1"'


def prepare(app: Flask, passage: str = "lich-su/1", study: Study = Study.ALWAYS, link: str = "") -> None:
    open_contest(app)
    citation = {"quote": QUOTE, "where": "mục I", "passage": passage}
    with app.app_context():
        make_document()
        give_documents("dai-hoi", "lich-su", study=study)
        with transaction() as session:
            wanted = citation | ({"link": link} if link else {})
            session.execute(update(QuestionRevision).values(citation=wanted, passage=passage))
    forget_all()


def reviewed(app: Flask, client: Client, state: RoundState = RoundState.PUBLISHED) -> str:
    """The page of an attempt that was handed in, with its round in a state."""
    enter(client, "dai-hoi")
    address = start(client, "dai-hoi")
    client.put(f"{address}/sheet", json={"revision": 1, "answers": {"1": [1]}, "prediction": "10"})
    client.post(f"{address}/submit")
    with app.app_context(), transaction() as session:
        session.execute(update(Round).where(Round.number == 1).values(state=state.value))
    return client.get(address).get_data(as_text=True)


def test_each_question_leads_to_its_passage(app: Flask, client: Client) -> None:
    prepare(app)
    page = reviewed(app, client)
    assert page.count(f"“{QUOTE}”") == 6
    assert page.count(LINK) == 6
    assert "Đoạn 1, LỊCH SỬ CÁC KỲ ĐẠI HỘI" in page
    assert client.get("/c/dai-hoi/documents/lich-su/1").status_code == 200


@pytest.mark.parametrize("state", [RoundState.READY, RoundState.CLOSED, RoundState.FROZEN])
def test_nothing_is_cited_before_publication(app: Flask, client: Client, state: RoundState) -> None:
    prepare(app)
    page = reviewed(app, client, state)
    assert QUOTE not in page
    assert "lich-su" not in page


def test_a_document_that_entrants_may_not_read_is_named_without_a_link(app: Flask, client: Client) -> None:
    prepare(app)
    with app.app_context():
        give_documents("dai-hoi")
    page = reviewed(app, client)
    assert "Đoạn 1, LỊCH SỬ" in page
    assert LINK not in page


def test_no_link_while_another_round_hides_the_documents(app: Flask, client: Client) -> None:
    prepare(app, study=Study.NOT_DURING_ROUNDS)
    page = reviewed(app, client)
    assert LINK in page, "every round is published: documents are open"
    with app.app_context(), transaction() as session:
        first = session.query(Round).one()
        session.add(
            Round(
                contest_id=first.contest_id,
                number=2,
                state=RoundState.READY.value,
                opens_at=clock.now() - timedelta(hours=1),
                closes_at=clock.now() + timedelta(hours=1),
                settings_data=first.settings.as_dict() | {"number": 2},
                state_since=clock.now(),
            )
        )
        attempt = session.query(Attempt).one().code
    page = client.get(f"/attempts/{attempt}").get_data(as_text=True)
    assert QUOTE in page
    assert LINK not in page


@pytest.mark.parametrize("link, shown", [("https://vi.du/goc", True), ("javascript:alert(1)", False)])
def test_a_citation_without_a_passage_shows_where_it_stands(
    app: Flask, client: Client, link: str, shown: bool
) -> None:
    prepare(app, passage="khong-co/9", link=link)
    page = reviewed(app, client)
    assert page.count("mục I") == 6
    assert (link in page) is shown
