"""Languages of questions: which are offered to translators, and what each calls itself. Pure."""

from babel import Locale, UnknownLocaleError

OFFERED = ("en", "lo", "hmn", "blt", "mtq")
# Languages of the north-west that the tables of languages do not know by their own names.
_NAMES = {"hmn": "Hmoob", "blt": "Tai Dam", "mtq": "Mường"}


def language_name(tag: str) -> str:
    """What a language calls itself; its tag where nobody knows."""
    if tag in _NAMES:
        return _NAMES[tag]
    try:
        name = Locale.parse(tag, sep="-").get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:]
