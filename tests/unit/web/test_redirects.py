"""`?next=` leads nowhere but to this site."""

from urllib.parse import urljoin, urlsplit

import pytest

from quiz.web.redirects import safe_next
from tests.support.other_sites import ELSEWHERE

_HERE = [
    *(
        "/",
        "/manage",
        "/manage/banks?q=dai+hoi&page=2",
        "/unit",
        "/manage/c/dai-hoi#vong-2",
        "/a//b",
        "/%2fe",
    ),
    *(
        "/manage/banks/%C4%90",
        "/@evil.example",
        "/http://evil.example",
        "/?next=//evil.example",
        "/.//e",
        "/a:b",
    ),
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_other_places_are_refused(target: str | None) -> None:
    assert safe_next(target) is None


@pytest.mark.parametrize("target", _HERE)
def test_paths_of_the_site_are_kept(target: str) -> None:
    assert safe_next(target) == target
    assert urlsplit(urljoin("https://here.example/login", target)).netloc == "here.example"


def test_the_list_is_long_enough() -> None:
    assert len(ELSEWHERE) >= 60
