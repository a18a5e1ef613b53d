"""The handbook inside the product: its pages, their links and pictures, searching, and the way to it."""

import re

import pytest

from quiz.accounts.permissions import Role
from quiz.organiser.contest_places import places
from quiz.organiser.handbook import pages, read_page, search
from quiz.organiser.handbook_places import HELP, WITHOUT
from tests.support.factories import make_bank, make_contest
from tests.support.staff import signed_in

BOOK = "/manage/help"


def test_every_place_of_a_contest_has_its_page_or_is_said_to_have_none(app):
    held = {place.endpoint for place in places()}
    assert sorted(held - set(HELP) - WITHOUT) == []
    assert held & set(HELP) & WITHOUT == set()
    assert sorted((set(HELP) | WITHOUT) - set(app.view_functions)) == []


def test_what_the_table_names_is_in_the_handbook():
    anchors = {name: {part.anchor for part in page.parts} for name, page in pages().items()}
    ends = {target.partition("#")[::2] for target in HELP.values()}
    assert sorted(end for end in ends if end[1] not in anchors.get(end[0], ())) == []


def test_every_link_of_every_page_works(client):
    signed_in(client, Role.UNIT_VIEWER)
    ends = set()
    for name in pages():
        text = client.get(f"{BOOK}/{name}").text
        article = text[text.index("<article>") : text.index("</article>")]
        ends |= {
            link if not link.startswith("#") else name + link
            for link in re.findall(r'(?:href|src)="([^"]+)"', article)
        }
    assert len(ends) > 20
    for end in sorted(ends):
        if not end.startswith(("https:", "mailto:")):
            path, _hash, anchor = end.partition("#")
            reply = client.get(f"{BOOK}/{path}")
            assert reply.status_code == 200, end
            assert not anchor or f'id="{anchor}"' in reply.text, end
            reply.close()


def test_it_is_only_for_people_who_are_signed_in(client):
    for path in (BOOK, f"{BOOK}/awards", f"{BOOK}/pictures/home.png"):
        reply = client.get(path)
        assert (reply.status_code, reply.location.partition("?")[0]) == (303, "/login")
    signed_in(client, Role.EDITOR)
    assert [client.get(f"{BOOK}{path}").status_code for path in ("", "/awards")] == [200, 200]
    picture = client.get(f"{BOOK}/pictures/home.png")
    assert picture.mimetype == "image/png"
    picture.close()
    for path in ("/chua-co", "/README", "/pictures/chua-co.png", "/pictures/..%2forganiser%2fREADME.md"):
        assert client.get(f"{BOOK}{path}").status_code == 404


@pytest.mark.parametrize("words", ["trả lại lượt", "tra lai luot", "TRA  LAI luot!"])
def test_searching_finds_a_part_with_and_without_diacritics(words, client):
    signed_in(client)
    first = search(words)[0]
    assert (first.name, first.anchor) == ("helping", "tra-lai-luot")
    text = client.get(BOOK, query_string={"q": words}).text
    assert text.index("Trả lại lượt</a>") < text.index("Các trang")


def test_a_search_for_nothing_known_says_so(client):
    signed_in(client)
    assert "Không thấy mục nào." in client.get(BOOK, query_string={"q": "khinh khí cầu"}).text
    assert search(" ?! ") == []


def test_nothing_but_text_comes_out_of_a_page():
    text = "# Trang\n\n<script>x</script> [a](javascript:x) [b](../api.md) [c](README.md#x)"
    page = read_page("thu", text, frozenset({"start"}))
    assert page.title == "Trang"
    assert "<script" not in page.html
    assert 'href="javascript' not in page.html
    assert re.findall(r'href="([^"]+)"', page.html) == ["start#x"]
    assert page.names == ("start",)


def test_a_page_of_the_desk_leads_to_its_page_of_the_handbook(app, client):
    with app.app_context():
        make_bank()
        make_contest()
    signed_in(client)
    for path, end in (
        ("/manage", "start#4-lap-cuoc-thi"),
        ("/manage/c/cuoc-thi/numbers", "shared-numbers"),
        ("/manage/c/cuoc-thi/rounds/1/pause", "publishing"),
    ):
        (link,) = re.findall(r'<a class="th-help" href="([^"]+)"', client.get(path).text)
        assert link == f"{BOOK}/{end}"
    assert "th-help" not in client.get(BOOK).text
