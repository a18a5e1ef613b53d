"""`?next=` leads nowhere but to this site."""

from urllib.parse import urljoin, urlsplit

import pytest

from quiz.web.redirects import safe_next

_ELSEWHERE = [
    *("http://evil.example", "https://evil.example/manage", "HTTP://EVIL.EXAMPLE", "http:evil.example"),
    *("http:/evil.example", "http:///evil.example", "//evil.example", "///evil.example", "////evil.example"),
    *(
        "//evil.example/%2f..",
        "//evil.example@site",
        "//evil.example:80",
        "/\\evil.example",
        "\\/evil.example",
    ),
    *("\\\\evil.example", "\\evil.example", "/\\/evil.example", "/\\\\evil.example", "//\\evil.example"),
    *("\t//evil.example", "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\r\n//evil.example"),
    *(" //evil.example", " /manage", "/manage ", "/ /evil.example", "\x00/manage", "/\x00/evil.example"),
    *(
        "/\x0b/evil.example",
        "/\x0c/evil.example",
        "/\x1f/evil.example",
        "/\x7f/evil.example",
        "\x08//e.example",
    ),
    *(
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
    ),
    *("mailto:a@b.example", "ftp://evil.example", "file:///etc/passwd", "blob:https://e.example", "tel:113"),
    *(
        "evil.example",
        "evil.example/manage",
        "manage",
        "./manage",
        "../manage",
        "?next=/",
        "#",
        "@evil.example",
    ),
    *("/manage\r\nSet-Cookie: a=b", "/manage\nLocation: //e.example", "http://[::1", "//[", "/" + "a" * 2001),
    *("", None),
]
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


@pytest.mark.parametrize("target", _ELSEWHERE)
def test_other_places_are_refused(target: str | None) -> None:
    assert safe_next(target) is None


@pytest.mark.parametrize("target", _HERE)
def test_paths_of_the_site_are_kept(target: str) -> None:
    assert safe_next(target) == target
    assert urlsplit(urljoin("https://here.example/login", target)).netloc == "here.example"


def test_the_list_is_long_enough() -> None:
    assert len(_ELSEWHERE) >= 60
