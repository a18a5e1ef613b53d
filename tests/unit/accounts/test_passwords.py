"""Passwords of staff: long enough, and not what everybody tries first."""

import pytest

from quiz.accounts.passwords import MAX_LENGTH, generate, password_problem, prepared


@pytest.mark.parametrize(
    "password, problem",
    [
        ("", "password_too_short"),
        ("12345678901234", "password_too_short"),
        ("Matkhau@2026", "password_too_short"),
        ("a" * (MAX_LENGTH + 1), "password_too_long"),
        ("aaaaaaaaaaaaaaaaaa", "password_common"),
        ("abcabcabcabcabcabc", "password_common"),
        ("123456789012345678", "password_common"),
        ("password123456789", "password_common"),
        ("passwordpassword1", "password_common"),
        ("Mật khẩu Tìm Hiểu 2026", "password_common"),
        ("qwertyuiopasdfghjkl", "password_common"),
        ("QWERTYUIOP1234567890", "password_common"),
        ("zxcvbnm,./zxcvbnm,./", "password_common"),
        ("anhyeuemanhyeuem123", "password_common"),
        ("ha.nguyen ha.nguyen", "password_common"),
        ("Nguyễn Thị Minh Hà 1985", "password_common"),
        ("....................", "password_common"),
        ("cuộc thi tìm hiểu Đại hội Đảng", "password_common"),
        ("lúa chín vàng nương đồi", None),
        ("lua chin vang nuong doi", None),
        ("mười bảy con trâu qua suối", None),
        ("Xq7#mm2pLz9!vTw", None),
        ("🐃 trâu ăn cỏ trên đồi 🐃", None),
    ],
)
def test_what_is_taken(password: str, problem: str | None) -> None:
    assert password_problem(password, "ha.nguyen", "Nguyễn Thị Minh Hà") == problem


def test_one_form_for_every_keyboard() -> None:
    assert prepared(" cầu treo ") == prepared("cầu treo")


def test_generated_passwords_are_taken_and_differ() -> None:
    made = {generate() for _ in range(200)}
    assert len(made) == 200
    assert not any(password_problem(one) for one in made)
