"""Where to go next: addresses of this site only. Pure."""

from urllib.parse import urlsplit

_MOST = 2000


def safe_next(target: str | None) -> str | None:
    """The address if it is a path of this site, else None.

    Browsers read `//host`, `/\\host` and addresses with control characters in them as other sites.
    """
    if not target or len(target) > _MOST or not target.startswith("/") or target.startswith("//"):
        return None
    if "\\" in target or any(character <= " " or character == "\x7f" for character in target):
        return None
    try:
        parts = urlsplit(target)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc else target
