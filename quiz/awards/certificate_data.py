"""What is printed on certificates, as the template takes it. Pure but for what time it is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from quiz.awards.heading import Heading
from quiz.awards.typesetting import qr_rows
from quiz.contests.models import Contest, Round


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One certificate: to whom, for what."""

    name: str
    unit: str
    prize: str
    serial: int
    code: str
    kind: str


def common_data(contest: Contest, round_: Round, heading: Heading, now: datetime) -> dict[str, Any]:
    """What is the same on all."""
    decision = round_.decision
    day = decision.date if decision else now.astimezone(contest.settings.zone).date()
    return {
        "title": "Giấy chứng nhận",
        "superior": heading.superior,
        "body": heading.body,
        "motto": list(heading.motto),
        "kind": "GIẤY CHỨNG NHẬN",
        "says": "Ban Tổ chức cuộc thi chứng nhận",
        "contest": contest.settings.title,
        "place": heading.place_and_day(day),
        "signing": list(heading.lines_above_signature),
        "signer": heading.signer or (decision.signer if decision else ""),
    }


def person_data(line: CertificateLine, round_: Round, heading: Heading, base: str) -> dict[str, Any]:
    """What is one person's own; `base` is the address in front of the code."""
    address = f"{base}{line.code}"
    notes = [f"Số: {line.serial:05d}/{heading.certificate_mark}"]
    if round_.decision is not None:
        day = round_.decision.date
        notes.append(f"Quyết định số {round_.decision.number} ngày {day:%d/%m/%Y}")
    notes.append("Quét mã để xác minh")
    return {
        "name": line.name,
        "unit": line.unit,
        "prize": achievement(line.prize, round_.settings.name),
        "qr": qr_rows(address),
        "notes": notes,
    }


def achievement(prize: str, round_name: str) -> str:
    """đạt giải Nhất, Tuần 1; without a prize: đã tham gia Tuần 1."""
    if not prize:
        return f"đã tham gia {round_name}"
    named = prize if prize.casefold().startswith("giải") else f"giải {prize}"
    return f"đạt {named[:1].lower()}{named[1:]}, {round_name}"
