"""A finding in words."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _

from quiz.vetting.integrity import RARE, Finding, Signal
from quiz.vetting.integrity_labels import CIRCLES, SIGNALS
from quiz.vetting.integrity_pages import EvidenceLine
from quiz.vetting.integrity_pairs import Circle
from quiz.vetting.integrity_timing import least_ms
from quiz.web.filters import local, number

_SMALLEST = 1e-15


def evidence_line(finding: Finding) -> EvidenceLine:
    """One finding with its p-value as odds: "1 trên 24.000"."""
    return EvidenceLine(
        label=str(SIGNALS[finding.signal]),
        words=_WORDS[finding.signal](finding.evidence),
        p=chance_words(finding.p),
        corrected=chance_words(finding.corrected),
        is_rare=finding.corrected is not None and finding.corrected <= RARE,
    )


def chance_words(p: float | None) -> str:
    """A small chance as one in so many, two digits kept; a large one as a decimal number; "" for None."""
    if p is None:
        return ""
    if p >= 0.1:
        return number(p, 2)
    if p < _SMALLEST:
        return str(_("dưới 1 trên một triệu tỷ"))
    times = 1 / p
    scale = 10 ** max(0, len(str(int(times))) - 2)
    return str(_("1 trên %(n)s", n=number(round(times / scale) * scale)))


def _fast(found: Mapping[str, Any]) -> str:
    words: str = _(
        "Đúng %(right)s/%(total)s câu trong %(seconds)s giây; thể lệ nêu mức xem lại là dưới %(least)s giây.",
        right=found["right"],
        total=found["questions"],
        seconds=number(found["duration_ms"] / 1000, 1),
        least=number(least_ms(found["questions"]) / 1000, 1),
    )
    return words


def _similar(found: Mapping[str, Any]) -> str:
    words: str = _(
        "Cùng gặp %(shared)s câu (%(circle)s): chọn giống nhau %(same)s câu, trong đó %(wrong)s câu"
        " cùng sai một kiểu. Hai người như vậy làm riêng thì giống nhau trung bình %(expected)s câu.",
        circle=_circle(found),
        shared=found["shared"],
        same=found["same"],
        wrong=found["same_wrong"],
        expected=number(found["expected"], 1),
    )
    return words


def _rhythm(found: Mapping[str, Any]) -> str:
    words: str = _(
        "So %(n)s khoảng thời gian làm bài và nghỉ (%(circle)s): lệch nhau nhiều nhất %(most)s giây;"
        " lượt đầu bắt đầu cách nhau %(apart)s giây.",
        circle=_circle(found),
        n=found["compared"],
        most=number(found["largest_ms"] / 1000, 2),
        apart=number(found["starts_apart_ms"] / 1000),
    )
    return words


def _burst(found: Mapping[str, Any]) -> str:
    began = local(datetime.fromtimestamp(found["began_ms"] / 1000, tz=UTC))
    words: str = _(
        "%(inside)s trong %(papers)s bài %(circle)s nộp trong một phút, từ %(time)s.",
        inside=found["inside"],
        papers=found["papers"],
        circle=_circle(found),
        time=began.strftime("%H:%M:%S %d/%m/%Y"),
    )
    return words


def _device(found: Mapping[str, Any]) -> str:
    return str(_("%(n)s người dự thi vòng này trên cùng một thiết bị.", n=found["people"]))


def _circle(found: Mapping[str, Any]) -> str:
    return str(CIRCLES[Circle(found["circle"])])


_WORDS = {
    Signal.FAST: _fast,
    Signal.SIMILAR: _similar,
    Signal.RHYTHM: _rhythm,
    Signal.BURST: _burst,
    Signal.DEVICE: _device,
}
