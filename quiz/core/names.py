"""Names of people: cleaned, compared, put in Vietnamese order, masked. Pure.

What a person typed is kept for showing (`clean_name`). Two other forms are derived from it: a key that
forgives marks and capitals (`name_key`), and a sort key, because neither SQLite nor Python knows the
Vietnamese alphabet.
"""

import unicodedata

MAX_NAME = 80
MAX_KEY = 300  # what the columns hold; only names in other scripts come near it

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
# Letters that follow their plain sister in the alphabet: a ă â, e ê, o ô ơ, u ư. (đ has no mark in Unicode.)
_LETTER_PLACE = {
    ("a", _BREVE): "1",
    ("a", _CIRCUMFLEX): "2",
    ("e", _CIRCUMFLEX): "1",
    ("o", _CIRCUMFLEX): "1",
    ("o", _HORN): "2",
    ("u", _HORN): "1",
}
# huyền, hỏi, ngã, sắc, nặng; ngang is "0".
_TONE_PLACE = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_END, _SPACE = "00", "01"
# Letters of other languages that look like Đ and come out of old converters.
_LIKE_D = str.maketrans("ÐðƉɖ", "ĐđĐđ")


def clean_name(text: str) -> str:
    """The name as it is stored and shown: NFC, single spaces, nothing invisible, at most 80 characters."""
    return clean_line(text, MAX_NAME)


def clean_line(text: str, most: int) -> str:
    """A line in people's own words as it is stored and shown, cleaned as names are."""
    # Format characters (zero-width joiners, bidi marks) are dropped, other odd spaces become a space.
    visible = "".join(
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Zs"} else c
        for c in unicodedata.normalize("NFC", text).translate(_LIKE_D)
        if unicodedata.category(c) not in {"Cf", "Cs", "Co"}
    )
    return " ".join(visible.split())[:most].rstrip()


def name_key(text: str) -> str:
    """The name without capitals, marks, punctuation and extra spaces: equal for every way of typing it.

    Tone placement (Hoà, Hòa) does not matter because tones are gone; đ counts as d.
    """
    letters = (
        c if c.isalnum() else " "
        for c in unicodedata.normalize("NFKD", text.translate(_LIKE_D).casefold()).replace("đ", "d")
        if not unicodedata.combining(c) and c not in "'\u2019`\u02bc" and unicodedata.category(c) != "Cf"
    )
    return " ".join("".join(letters).split())[:MAX_KEY]


def sort_key(name: str) -> str:
    """A key of digits and small ASCII letters whose plain order is the order of Vietnamese name lists.

    Given name, then middle names, then surname; inside each of them letters of the alphabet (a ă â b c d đ …)
    decide first and tones (ngang huyền hỏi ngã sắc nặng) only among equal letters, so that all people
    called Hà stand together before those called Hạ. Only digits and letters occur in the key because these
    compare alike in every collation of PostgreSQL and in SQLite.
    """
    given, middle, surname = _parts(name)
    return "".join(_part_key(words) for words in (given, middle, surname))[:MAX_KEY]


def title_key(text: str) -> str:
    """The same order for what is no person (units, banks, documents, topics), from the first word on."""
    return _part_key(clean_line(text, MAX_NAME).casefold().replace("-", " ").split())[:MAX_KEY]


def mask_name(name: str) -> str:
    """The name for public pages: family and middle names, then only the first letter of the given name."""
    *before, given = clean_name(name).split() or [""]
    return " ".join([*before, f"{given[:1]}•••"]) if given else ""


def mask_child_name(name: str) -> str:
    """A child's name for public pages: "Lò Văn Thành" -> "L. V. T."."""
    return " ".join(f"{word[0]}." for word in clean_name(name).split())


def _parts(name: str) -> tuple[list[str], list[str], list[str]]:
    """Given name, middle names and surname as lists of words."""
    words = clean_name(name).casefold().replace("-", " ").split()
    return words[-1:], words[1:-1], words[:1] if len(words) > 1 else []


def _part_key(words: list[str]) -> str:
    """All letters of the part, an end mark lower than any letter, then one tone for each word."""
    encoded = [_word_key(word) for word in words]
    return _SPACE.join(letters for letters, _ in encoded) + _END + "".join(tone for _, tone in encoded)


def _word_key(word: str) -> tuple[str, str]:
    """Two characters for each letter of a word, and the tone of the word."""
    letters: list[str] = []
    tone = "0"
    for char in unicodedata.normalize("NFD", word):
        if char in _TONE_PLACE:
            tone = _TONE_PLACE[char] if tone == "0" else tone
        elif unicodedata.combining(char):
            _mark_last(letters, char)
        elif char == "đ":
            letters.append("d1")
        elif "a" <= char <= "z":
            letters.append(char + "0")
        elif "0" <= char <= "9":
            letters.append("1" + char)
        elif char.isalnum():
            letters.append(f"z9{ord(char):06x}")  # other scripts, after the alphabet
    return "".join(letters), tone


def _mark_last(letters: list[str], mark: str) -> None:
    """Turn the last plain letter into its marked sister; marks of other languages are ignored."""
    if letters and (place := _LETTER_PLACE.get((letters[-1][0], mark))) and letters[-1][1] == "0":
        letters[-1] = letters[-1][0] + place
