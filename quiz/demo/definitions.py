"""The demo contest's definition with its times filled in. Pure."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_TOPICS = (
    ("Đại hội I", 2),
    ("Đại hội II", 1),
    ("Đại hội III", 1),
    ("Đại hội IV", 1),
    ("Đại hội V", 1),
    ("Đại hội VI", 2),
    ("Đại hội VII", 1),
    ("Đại hội VIII", 1),
    ("Đại hội IX", 1),
    ("Đại hội X", 1),
    ("Đại hội XI", 1),
    ("Đại hội XII", 2),
    ("Đại hội XIII", 2),
    ("Đại hội XIV", 2),
    ("Đọc biểu đồ", 1),
)


def times(now: datetime) -> dict[str, datetime]:
    """Opening and closing of the three rounds around `now`, on full hours of Viet Nam."""
    today = now.astimezone(_ZONE).replace(hour=8, minute=0, second=0, microsecond=0)
    close = timedelta(hours=9)  # rounds open at 08:00 and close at 17:00
    return {
        "ROUND1_OPENS": today - timedelta(days=10),
        "ROUND1_CLOSES": today - timedelta(days=4) + close,
        "ROUND2_OPENS": today - timedelta(days=3),
        "ROUND2_CLOSES": today + timedelta(days=4) + close,
        "ROUND3_OPENS": today + timedelta(days=5),
        "ROUND3_CLOSES": today + timedelta(days=11) + close,
    }


def definition_text(template: Path, moments: dict[str, datetime]) -> str:
    """The definition as TOML."""
    text = template.read_text(encoding="utf-8")
    matrix = ",\n".join(f'  {{ topic = "{topic}", count = {count} }}' for topic, count in _TOPICS)
    text = text.replace("@MATRIX@", matrix)
    for name, moment in moments.items():
        text = text.replace(f"@{name}@", moment.strftime("%Y-%m-%dT%H:%M:%S"))
    return text
