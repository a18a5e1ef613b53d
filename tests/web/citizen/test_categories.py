"""What a category of entrants has of its own stands in the rules."""

from datetime import timedelta
from html import unescape

from flask import Flask

from quiz.contests.definition import Category, CategoryRule, EntryFields, EntryPolicy, Presence, Prize
from quiz.core import clock
from tests.support.client import Client
from tests.support.factories import make_bank, make_contest, round_definition


def test_prizes_of_categories_stand_in_the_rules(app: Flask, client: Client) -> None:
    policy = EntryPolicy(
        fields=EntryFields(category=Presence.REQUIRED),
        categories=(Category("hoc-sinh", "Học sinh, sinh viên"), Category("can-bo", "Cán bộ")),
    )
    prizes = (Prize("Nhất", 1), Prize("Nhì", 2))
    now = clock.now()
    times = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=6)}
    with app.app_context():
        make_bank()
        definition = round_definition(categories=(CategoryRule("hoc-sinh", prizes=prizes),), **times)
        make_contest("dai-hoi", definition, policy=policy)
    page = unescape(client.get("/c/dai-hoi/rules").text)
    assert "Giải thưởng</h2>" in page
    assert "Học sinh, sinh viên: 1 Nhất, 2 Nhì" in page
