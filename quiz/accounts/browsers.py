"""What a browser calls itself, in a few words for the list of sessions. Pure."""

_PROGRAMS = (
    ("Zalo", "Zalo"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc_browser", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def describe(user_agent: str) -> str:
    """Program and system, as far as they are known; "" where neither is."""
    named = [
        next((name for part, name in table if part in user_agent), "") for table in (_PROGRAMS, _SYSTEMS)
    ]
    return " · ".join(name for name in named if name)
