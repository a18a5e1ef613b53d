"""Names that staff sign in with. Pure."""

import re
import unicodedata

_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,38}[a-z0-9])")


def clean_username(text: str) -> str:
    """The name as it is stored and compared: lower case, without outer spaces."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def is_username(name: str) -> bool:
    """Whether a cleaned name may be given to an account: 3 to 40 Latin letters, digits, dots, dashes."""
    return _USERNAME.fullmatch(name) is not None
