"""What the menu of a contest leads to: its groups, their pages, and what is reached from each; one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from quiz.contests.phases import Phase

RUNNING = frozenset({Phase.OPEN, Phase.RESTING, Phase.PAUSED})
OVER = frozenset({Phase.CLOSED, Phase.FROZEN, Phase.PUBLISHED})
FROZEN = frozenset({Phase.FROZEN})
FIXED = frozenset({Phase.FROZEN, Phase.PUBLISHED})
BEGUN = RUNNING | OVER


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the menu. `below`: addresses that are reached from it, for marking where the person is.

    With `phases` it is a page of a round, and only there while the round is in one of them,
    and has what it `needs`.
    """

    endpoint: str
    words: Any
    below: str = ""
    phases: frozenset[Phase] | None = None
    needs: str = ""

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Every endpoint at which the person is in this place; short names are of the same blueprint."""
        blueprint = self.endpoint.split(".")[0]
        named = (name if "." in name else f"{blueprint}.{name}" for name in self.below.split())
        return (self.endpoint, *named)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of the menu."""

    words: Any
    icon: str
    places: tuple[Place, ...]


SECTIONS = (
    Section(_l("Tổng quan cuộc thi"), "chart", (Place("organiser.contest", _l("Tổng quan cuộc thi")),)),
    Section(
        _l("Vòng thi"),
        "calendar",
        (
            Place(
                "organiser.rounds",
                _l("Lập cuộc thi, các vòng"),
                "add_round edit_round save_round remove_round step take_step",
            ),
            Place(
                "organiser.help_page",
                _l("Hỗ trợ người đang thi"),
                "add_time announce end_announcement",
                RUNNING,
            ),
            Place("organiser.starts", _l("Lượt vào theo máy")),
        ),
    ),
    Section(
        _l("Người dự thi"),
        "people",
        (
            Place(
                "organiser.entrants",
                _l("Tra cứu người dự thi"),
                "entrant attempt attempt_file extend_entrant give_back note_need vetting.disqualify_page"
                " vetting.disqualify_entry privacy_desk.reveal",
            ),
            Place("vetting.suspicions", _l("Nghi trùng"), "pair decide dismissed compare"),
            Place("vetting.decided", _l("Đã quyết định, khiếu nại"), "ruling answer_appeal undo_ruling"),
            Place("organiser.numbers", _l("Số dùng chung"), "keep_numbers settle_number undo_decision"),
            Place("rosters.roster", _l("Danh sách được dự thi"), "upload preview confirm"),
            Place("barred.people", _l("Không được dự thi"), "add admit"),
            Place("privacy_desk.queue", _l("Yêu cầu về dữ liệu"), "data_request answer fulfil refuse"),
        ),
    ),
    Section(
        _l("Đơn vị"),
        "tree",
        (
            Place(
                "unit_numbers.numbers",
                _l("Tổng số người, chỉ tiêu"),
                "unit upload preview confirm save_unit decide",
            ),
            Place("organiser.unit_requests", _l("Yêu cầu đổi đơn vị"), "decide_unit_requests"),
            Place(
                "organiser.collective",
                _l("Giải tập thể"),
                "collective_rule save_collective_rule remove_collective_rule",
            ),
        ),
    ),
    Section(
        _l("Câu hỏi và đề"),
        "book",
        (
            Place(
                "analysis.items",
                _l("Thống kê câu hỏi"),
                "item compute organiser.key_page organiser.correct",
                BEGUN,
            ),
            Place("bank.bank", _l("Ngân hàng của vòng")),
        ),
    ),
    Section(
        _l("Kết quả và giải"),
        "check-circle",
        (
            Place("integrity.cases", _l("Bài cần xem"), "case aside look", BEGUN),
            Place("integrity.annul_page", _l("Hủy bài"), "annul take_back answer_objection", BEGUN),
            Place(
                "organiser.actual_page",
                _l("Số thực tế"),
                "count_actual",
                frozenset({Phase.FROZEN}),
                "prediction",
            ),
            Place(
                "awards.awards",
                _l("Xét giải"),
                "check_winner decide_tie list_prizes put_back take_out"
                " check_unit take_unit_out decide_unit_tie",
                OVER,
            ),
            Place(
                "awards.papers",
                _l("Văn bản, giấy chứng nhận"),
                "issue_certificates print_certificates report save_heading withdraw_certificate"
                " made_report make_key made_key",
                OVER,
            ),
            Place("complaints_desk.queue", _l("Khiếu nại kết quả"), "complaint answer_complaint"),
            Place("organiser.combined_lists", _l("Bảng chung"), "edit_list new_list save_list remove_list"),
            Place("organiser.approvals", _l("Đề nghị duyệt"), "approval approve decline withdraw"),
            Place("privacy_desk.winners_file", _l("Người đạt giải để xác minh"), "", FIXED, "prizes"),
        ),
    ),
    Section(
        _l("Thông báo, chia sẻ"),
        "print",
        (
            Place("organiser.notices", _l("Thông báo của cuộc thi"), "post_notice change_notice end_notice"),
            Place("sharing_desk.referrals", _l("Người lan tỏa")),
            Place("sharing.share", _l("Đường dẫn, mã QR, màn hình lớn")),
            Place(
                "hooks.hooks",
                _l("Báo tin cho trang khác"),
                "add choose hook ping redeliver remove rotate switch_off switch_on",
            ),
        ),
    ),
    Section(
        _l("Cài đặt"),
        "edit",
        (
            Place("organiser.edit_contest", _l("Thông tin chung"), "save_contest"),
            Place("organiser.entry_policy", _l("Quy tắc dự thi"), "save_entry_policy"),
            Place("organiser.rules_draft_page", _l("Thể lệ, thử xếp hạng")),
            Place("organiser.two_persons", _l("Quy tắc hai người"), "switch_two_persons"),
            Place("organiser.clone", _l("Lập cuộc thi theo mẫu này"), "make_clone"),
            Place("organiser.contest_audit", _l("Nhật ký cuộc thi")),
            Place("organiser.definition", _l("Tải tệp định nghĩa")),
        ),
    ),
)


def places() -> Iterator[Place]:
    """Every page of the menu."""
    for section in SECTIONS:
        yield from section.places
