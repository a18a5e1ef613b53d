"""Days, numbers and mottos as Vietnamese papers write them."""

from datetime import date

import pytest

from quiz.awards.heading import Heading, Style, day_in_words


@pytest.mark.parametrize(
    "day,words",
    [
        (date(2026, 11, 12), "ngày 12 tháng 11 năm 2026"),
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
    ],
)
def test_days_take_a_zero_only_where_the_decree_says(day: date, words: str) -> None:
    assert day_in_words(day) == words


def test_the_state_and_the_party_have_their_own_head() -> None:
    state = Heading(place="Sơn La")
    party = Heading(style=Style.PARTY, report_mark="BC/BTG")
    assert state.motto == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    assert party.motto == ("ĐẢNG CỘNG SẢN VIỆT NAM",)
    assert state.number("45", state.report_mark) == "Số: 45/BC-BTC"
    assert party.number("45", party.report_mark) == "Số 45-BC/BTG"
    assert state.place_and_day(date(2026, 11, 12)) == "Sơn La, ngày 12 tháng 11 năm 2026"
    assert Heading().place_and_day(date(2026, 11, 12)) == "Ngày 12 tháng 11 năm 2026"
    assert Heading.from_dict(party.as_dict()) == party
