"""Help for people who take part, and the sheet to print."""

from flask import Flask

from tests.support.citizen import open_contest
from tests.support.client import Client


def test_help_of_a_contest_names_its_round_and_leads_on(app: Flask, client: Client) -> None:
    slug = open_contest(app)
    page = client.get(f"/c/{slug}/help").get_data(as_text=True)
    for words in ("Mạng yếu, mất mạng", "Đổi điện thoại, mất điện thoại", "giờ Việt Nam", "Tuần 1"):
        assert words in page
    for address in (f"/c/{slug}/resume", f"/c/{slug}/guide", "/me/data", "/receipts"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_every_page_leads_to_help_and_a_contests_page_to_its_own(app: Flask, client: Client) -> None:
    slug = open_contest(app)
    assert 'href="/help"' in client.get("/").get_data(as_text=True)
    for path in (f"/c/{slug}", f"/c/{slug}/enter", f"/c/{slug}/khong-co"):
        assert f'href="/c/{slug}/help"' in client.get(path).get_data(as_text=True)
    assert client.get("/help").status_code == 200
    assert client.get("/c/khong-co/help").status_code == 404


def test_the_sheet_has_the_code_the_address_and_the_rounds_times(app: Flask, client: Client) -> None:
    slug = open_contest(app)
    page = client.get(f"/c/{slug}/guide").get_data(as_text=True)
    assert "<svg" in page
    assert f"localhost/c/{slug}" in page
    assert "Tuần 1" in page
    assert "Không thu phí" in page
    assert client.get(f"/c/{slug}/guide?unit=khong-co").status_code == 404
