"""Addresses with numbers and characters that no database holds."""

import pytest

from tests.support.factories import make_bank
from tests.support.staff import signed_in

_HUGE = "9" * 19  # more than a column of 64 bits holds
_PUBLIC = ("/c/x/documents/y/{n}", "/c/x/rounds/{n}", "/pictures/%00.png", "/c/%00", "/c/x/documents?q=%00")


@pytest.mark.parametrize("address", _PUBLIC)
def test_they_are_not_found(app, client, address):
    assert client.get(address.format(n=_HUGE)).status_code == 404


@pytest.mark.parametrize(
    "address, status",
    [
        ("/manage/banks/bank/questions/{n}", 404),
        ("/manage/banks/bank/statistics/{n}", 404),
        ("/manage/jobs/{n}", 404),
        ("/manage/banks/review?at={n}", 200),
        ("/manage/banks/review?author={n}", 200),
        ("/manage/banks/bank/questions/new?copy={n}", 200),
        ("/manage/banks/bank/questions/1/history?a={n}", 200),
        ("/manage/banks/bank?topic=%00", 404),
    ],
)
def test_for_staff_they_are_no_more_than_unknown(app, client, address, status):
    with app.app_context():
        make_bank()
    signed_in(client)
    assert client.get(address.format(n=_HUGE)).status_code == status
