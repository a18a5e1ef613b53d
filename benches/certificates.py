"""How long 10,000 certificates take: QR codes, typesetting and the parts that are kept for download."""

import time
from collections.abc import Iterable
from datetime import UTC, datetime

from benches.frame import Row
from quiz.awards.certificate_data import CertificateLine, common_data, person_data
from quiz.awards.heading import Heading
from quiz.awards.printing import PART
from quiz.awards.typesetting import pdf_of
from quiz.contests.definition import ContestSettings, MatrixCell, PaperRule, RoundDefinition
from quiz.contests.models import Contest, Round

_COUNT, _BOUND = 10_000, 300.0
_NOW = datetime(2026, 11, 12, tzinfo=UTC)
_NAMES = ("Lò Văn Thành", "Nguyễn Thị Ánh Tuyết", "Giàng A Súa", "Hoàng Thị Ường", "Đèo Văn Ngoan")


def rows() -> Iterable[Row]:
    """The bound of `make bench`, on one core: a second one prints another set beside it."""
    title = "Cuộc thi trực tuyến “Tìm hiểu lịch sử các kỳ Đại hội Đảng bộ tỉnh”"
    contest = Contest(slug="thi", settings_data=ContestSettings(title=title).as_dict())
    paper = PaperRule("bank", matrix=(MatrixCell(None, None, 10),))
    definition = RoundDefinition(1, "Tuần 1", _NOW, _NOW, 15, paper)
    round_ = Round(number=1, settings_data=definition.as_dict())
    heading = Heading(superior="ỦY BAN NHÂN DÂN TỈNH", place="Sơn La", signer="Nguyễn Văn Ký")
    started, used, size = time.monotonic(), time.process_time(), 0
    for first in range(1, _COUNT + 1, PART):
        people = [
            person_data(_line(serial), round_, "https://cuoc-thi.example/certificates/")
            for serial in range(first, first + PART)
        ]
        data = {"common": common_data(contest, round_, heading, _NOW), "people": people}
        size += len(pdf_of("certificate.typ", data, tagged=False))
    seconds = time.monotonic() - started
    yield Row(f"{_COUNT:,} certificates, {PART} a file", seconds, "s", _BOUND)
    yield Row("of that the processor", time.process_time() - used, "s")
    yield Row("all files together", size / 2**20, "MB")


def _line(serial: int) -> CertificateLine:
    name = f"{_NAMES[serial % len(_NAMES)]} {serial}"
    return CertificateLine(
        name, "Đảng bộ phường Tô Hiệu", f"{serial:05d}/GCN-BTC", f"1-{serial:026d}", "đạt giải Nhất, Tuần 1"
    )
