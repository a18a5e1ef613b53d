"""Languages are called what their speakers call them."""

import pytest

from quiz.bank.languages import language_name


@pytest.mark.parametrize(
    "tag, name",
    [
        ("vi", "Tiếng Việt"),
        ("en", "English"),
        ("fr", "Français"),
        ("lo", "ລາວ"),
        ("hmn", "Hmoob"),
        ("blt", "Tai Dam"),
        ("mtq", "Mường"),
        ("zz", "zz"),
        ("zz-nowhere", "zz-nowhere"),
    ],
)
def test_names(tag: str, name: str) -> None:
    assert language_name(tag) == name
