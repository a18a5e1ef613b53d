"""How values look: dates dd/mm/yyyy, numbers 1.234.567, times in the zone of Viet Nam."""

import base64
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import gettext as _

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local(moment: datetime) -> datetime:
    """The moment on the clocks of Viet Nam."""
    return moment.astimezone(ZONE)


def day(value: date | datetime) -> str:
    """22/11/2026."""
    value = local(value) if isinstance(value, datetime) else value
    return value.strftime("%d/%m/%Y")


def day_before(midnight: datetime) -> date:
    """The day that a midnight ends, for dates that are due by the end of a day."""
    return local(midnight - timedelta(seconds=1)).date()


def clock_time(moment: datetime) -> str:
    """17:00."""
    return local(moment).strftime("%H:%M")


def clock_seconds(moment: datetime) -> str:
    """17:00:05."""
    return local(moment).strftime("%H:%M:%S")


def weekday(moment: datetime | date) -> str:
    """thứ Hai … Chủ nhật."""
    moment = local(moment) if isinstance(moment, datetime) else moment
    names = (_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("Chủ nhật"))
    return names[moment.weekday()]


def full_time(moment: datetime) -> str:
    """17:00 Chủ nhật 22/11/2026."""
    return f"{clock_time(moment)} {weekday(moment)} {day(moment)}"


def short_time(moment: datetime) -> str:
    """17:00 22/11/2026."""
    return f"{clock_time(moment)} {day(moment)}"


def number(value: int | float | Decimal, decimals: int = 0) -> str:
    """1.234.567 or 94,3: point for thousands, comma for decimals."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", "\0").replace(".", ",").replace("\0", ".")


def percent(value: float | Decimal, decimals: int = 1) -> str:
    """A share of 1 as 94,3%."""
    return number(Decimal(str(value)) * 100, decimals) + "%"


def duration(milliseconds: int) -> str:
    """04:12 (minutes and seconds, rounded down), or 1:02:03 from one hour on."""
    seconds = milliseconds // 1000
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def base64_text(data: bytes) -> str:
    """Bytes inside of a data: address."""
    return base64.b64encode(data).decode("ascii")


def init_app(app: Flask) -> None:
    """Give the filters to templates."""
    times = (local, day, day_before, clock_time, clock_seconds, weekday, full_time, short_time)
    for function in (*times, number, percent, duration, base64_text):
        app.jinja_env.filters[function.__name__] = function
