"""Taking phones, identity numbers, mail addresses, keys in addresses and known secrets out of a text. Pure.

For what is written by machines, such as log lines: it is meant to find numbers as the product writes them,
also inside an address or a traceback, and leaves times, keys of rows and measured figures alone.
"""

import re
from collections.abc import Collection

# +84 901 234 567, 0901.234.567, 84901234567: mobile numbers begin with 3, 5, 7, 8 or 9 after the zero.
_PHONE = re.compile(r"(?<![\w.])(?:\+?84|%2B84|0)[ -]?[35789](?:[ .-]?[0-9]){8}(?![0-9])")
# Twelve digits of a citizen's card; the first is always a zero. Keys of rows are longer.
_NATIONAL_ID = re.compile(r"(?<![\w.])0[0-9]{11}(?![0-9])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# Whoever has such an address of a paper, a certificate or an invitation may come in with it.
_KEY = re.compile(r"(/(?:attempts|certificates|import|join|r)/)[^/\s?\"'<>]+")
_QUERY = re.compile(r"(/[^\s?\"'<>]*)\?[^\s?\"'<>=]+=[^\s\"'<>]*")
# PostgreSQL tells the values of a row that it refused.
_DETAIL = re.compile(
    r"^DETAIL:.*?(?=^(?:HINT|CONTEXT|\[SQL|Traceback|The above|During)|\Z)", re.DOTALL | re.MULTILINE
)
_PLACES = ((_DETAIL, "DETAIL: [left out]\n"), (_KEY, r"\1[code]"), (_QUERY, r"\1?[left out]"))
_PATTERNS = ((_NATIONAL_ID, "[id number]"), (_PHONE, "[phone]"), (_MAIL, "[mail]"))


def redact(text: str, secrets: Collection[str] = ()) -> str:
    """The text without personal numbers, addresses, values of refused rows and any of the secrets."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "[secret]")
    for pattern, word in (*_PLACES, *_PATTERNS):
        text = pattern.sub(word, text)
    return text


def personal_in(text: str) -> list[str]:
    """What `redact` would take out, for tests that look at what was about to be written."""
    return [found for pattern, _word in _PATTERNS for found in pattern.findall(text)]
