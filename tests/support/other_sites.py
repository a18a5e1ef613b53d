"""Addresses that look like ours to somebody and are not: what `next` may never lead to (A26)."""

ELSEWHERE = [
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
