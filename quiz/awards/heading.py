"""What stands at the head and foot of a contest's papers, and how Vietnamese papers write a day. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.contests.definition_json import Piece

STATE_MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_MOTTO = ("ĐẢNG CỘNG SẢN VIỆT NAM",)


class Style(StrEnum):
    """Whose form a paper has: Nghị định 30/2020/NĐ-CP, or the Party's Hướng dẫn 36-HD/VPTW."""

    STATE = "state"
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Heading(Piece):
    """The fixed words of a contest's papers. An empty text is not printed."""

    style: Style = Style.STATE
    superior: str = ""
    body: str = "BAN TỔ CHỨC CUỘC THI"
    place: str = ""
    report_mark: str = "BC-BTC"
    certificate_mark: str = "GCN-BTC"
    unit_mark: str = "GK-BTC"
    signs_for: str = "TM. BAN TỔ CHỨC"
    signer_title: str = "TRƯỞNG BAN"
    signer: str = ""
    recipients: str = ""

    @property
    def motto(self) -> tuple[str, ...]:
        """Quốc hiệu and tiêu ngữ, or the Party's title."""
        return STATE_MOTTO if self.style is Style.STATE else PARTY_MOTTO

    @property
    def lines_above_signature(self) -> tuple[str, ...]:
        """For whom and as what the paper is signed."""
        return tuple(one for one in (self.signs_for, self.signer_title) if one)

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Nơi nhận, one a line."""
        return tuple(one.strip() for one in self.recipients.splitlines() if one.strip())

    def place_and_day(self, day: date) -> str:
        """Sơn La, ngày 12 tháng 11 năm 2026."""
        words = day_in_words(day)
        return f"{self.place}, {words}" if self.place else words[:1].upper() + words[1:]

    def number(self, given: str, mark: str) -> str:
        """Số: 45/BC-BTC; with room to write where no number is given yet. The Party puts a dash."""
        between = "/" if self.style is Style.STATE else "-"
        word = "Số:" if self.style is Style.STATE else "Số"
        return f"{word} {given or '     '}{between}{mark}"


def day_in_words(day: date) -> str:
    """ngày 12 tháng 11 năm 2026; days below 10 and the first two months take a zero in front."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
