"""Lines of the audit log in words."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from quiz.audit.service import Action
from quiz.contests.phases import Phase
from quiz.organiser.labels import KEYS
from quiz.organiser.log_names import NAMES, PHASES, REASONS, SUBJECTS, TOPICS, VALUES
from quiz.web.desk import ROLES
from quiz.web.filters import full_time

ACTIONS = {
    Action.UNITS_IMPORTED: _l("Nhập cây đơn vị"),
    Action.BANK_IMPORTED: lazy_pgettext("log", "Nhập câu hỏi"),
    Action.BANK_CREATED: _l("Lập ngân hàng câu hỏi"),
    Action.BANK_CHANGED: _l("Sửa thiết lập ngân hàng câu hỏi"),
    Action.TOPICS_CHANGED: _l("Sửa cây chủ đề"),
    Action.QUESTION_ADDED: lazy_pgettext("log", "Thêm câu hỏi"),
    Action.QUESTION_REVISED: _l("Sửa câu hỏi"),
    Action.QUESTION_SUBMITTED: _l("Gửi duyệt câu hỏi"),
    Action.QUESTION_RETURNED: _l("Trả lại câu hỏi"),
    Action.QUESTION_APPROVED: lazy_pgettext("log", "Duyệt câu hỏi"),
    Action.QUESTION_COMMENTED: _l("Góp ý câu hỏi"),
    Action.QUESTION_RETIRED: _l("Ngừng dùng câu hỏi"),
    Action.QUESTION_RESTORED: _l("Dùng lại câu hỏi"),
    Action.DOCUMENT_LOADED: _l("Nạp văn bản"),
    Action.DOCUMENT_EDITED: lazy_pgettext("log", "Sửa thông tin văn bản"),
    Action.CONTEST_APPLIED: _l("Lập, sửa cuộc thi"),
    Action.CONTEST_CLONED: _l("Lập cuộc thi theo mẫu"),
    Action.CONTEST_EDITED: lazy_pgettext("log", "Sửa cuộc thi"),
    Action.UNITS_SNAPSHOT: _l("Chốt danh sách đơn vị của cuộc thi"),
    Action.ROUND_OPENED: lazy_pgettext("log", "Mở vòng"),
    Action.ROUND_PAUSED: _l("Tạm dừng vòng"),
    Action.ROUND_RESUMED: _l("Cho vòng chạy tiếp"),
    Action.ROUND_CLOSED: lazy_pgettext("log", "Đóng vòng"),
    Action.ROUND_FROZEN: _l("Chốt kết quả vòng"),
    Action.ROUND_PUBLISHED: _l("Công bố kết quả vòng"),
    Action.NUMBER_COUNTED_AGAIN: _l("Tính lại số thực tế của câu dự đoán"),
    Action.CONTACT_PROVED: _l("Đăng ký với nơi liên hệ đã xác nhận bằng mã"),
    Action.ACCOUNT_OPENED: _l("Lập tài khoản dự thi"),
    Action.ACCOUNT_PASSWORD_SET: _l("Đặt lại mật khẩu tài khoản dự thi"),
    Action.ACCOUNT_SIGNED_IN: _l("Đăng nhập tài khoản dự thi"),
    Action.ACCOUNT_SIGNED_OUT: _l("Đăng xuất tài khoản dự thi khỏi mọi thiết bị"),
    Action.ACCOUNT_CLOSED: _l("Đóng tài khoản dự thi"),
    Action.CODE_NOT_SENT: _l("Không gửi được mã xác nhận"),
    Action.CODES_NEARLY_SPENT: _l("Sắp hết lượt gửi mã trong ngày"),
    Action.CODES_SPENT: _l("Hết lượt gửi mã trong ngày"),
    Action.UNIT_FACTS_SAVED: _l("Nhập số liệu đơn vị"),
    Action.HEADCOUNT_PROPOSED: _l("Đơn vị đề nghị tổng số người"),
    Action.HEADCOUNT_DECIDED: _l("Quyết định tổng số người của đơn vị"),
    Action.ROSTER_SAVED: _l("Nhập danh sách được dự thi"),
    Action.BARRED_ADDED: _l("Thêm người không được dự thi"),
    Action.BARRED_REMOVED: _l("Bỏ người khỏi danh sách không được dự thi"),
    Action.ENTRANT_RETURNED: _l("Người dự thi vào lại trên thiết bị khác"),
    Action.UNIT_CHANGED: lazy_pgettext("log", "Đổi đơn vị của người dự thi"),
    Action.UNIT_CHANGE_ASKED: _l("Xin đổi đơn vị"),
    Action.UNIT_CHANGE_REFUSED: _l("Không đồng ý đổi đơn vị"),
    Action.NUMBER_SETTLED: _l("Xét số dùng chung"),
    Action.NUMBER_REOPENED: _l("Hoàn tác việc xét số dùng chung"),
    Action.AWARDS_LISTED: _l("Lập danh sách giải"),
    Action.AWARD_REFUSED: _l("Không trao giải cho một người"),
    Action.AWARD_RESTORED: _l("Hoàn tác quyết định về giải"),
    Action.AWARD_TIE_DECIDED: _l("Quyết định giải của nhóm bằng hạng"),
    Action.AWARD_CHECKED: _l("Ghi việc kiểm tra người đạt giải"),
    Action.CERTIFICATES_ISSUED: _l("Cấp giấy chứng nhận"),
    Action.CERTIFICATE_WITHDRAWN: _l("Thu hồi giấy chứng nhận"),
    Action.PAPER_HEADING_CHANGED: _l("Sửa đầu và cuối văn bản"),
    Action.TIME_ADDED: _l("Thêm giờ làm bài"),
    Action.ATTEMPT_GIVEN_BACK: _l("Trả lại lượt thi"),
    Action.KEY_CORRECTED: lazy_pgettext("log", "Sửa đáp án đã chấm"),
    Action.APPROVAL_ASKED: _l("Đề nghị người thứ hai duyệt"),
    Action.APPROVAL_GIVEN: _l("Duyệt đề nghị"),
    Action.APPROVAL_DECLINED: _l("Không duyệt đề nghị"),
    Action.APPROVAL_WITHDRAWN: _l("Rút đề nghị"),
    Action.APPROVAL_LAPSED: _l("Đề nghị hết hiệu lực"),
    Action.TWO_PERSONS_ON: _l("Bật quy tắc hai người"),
    Action.TWO_PERSONS_OFF: _l("Tắt quy tắc hai người"),
    Action.COMPLAINT_MADE: _l("Người dự thi khiếu nại kết quả"),
    Action.COMPLAINT_ANSWERED: _l("Trả lời khiếu nại kết quả"),
    Action.CASE_SET_ASIDE: _l("Bỏ qua một trường hợp cần xem"),
    Action.ATTEMPTS_ANNULLED: lazy_pgettext("log", "Hủy bài thi"),
    Action.ANNULMENT_TAKEN_BACK: _l("Khôi phục bài thi đã hủy"),
    Action.ANNULMENT_OBJECTED: _l("Người dự thi gửi ý kiến về việc hủy bài"),
    Action.OBJECTION_ANSWERED: _l("Trả lời ý kiến về việc hủy bài"),
    Action.NEED_NOTED: _l("Ghi nhu cầu riêng của người dự thi"),
    Action.SUSPICION_DISMISSED: _l("Bỏ qua nghi vấn trùng người"),
    Action.ENTRY_MERGED: _l("Gộp hai đăng ký"),
    Action.ENTRY_DISQUALIFIED: _l("Loại một đăng ký"),
    Action.RULING_UNDONE: _l("Hoàn tác quyết định về đăng ký"),
    Action.RULING_APPEALED: _l("Người dự thi khiếu nại"),
    Action.APPEAL_ANSWERED: _l("Trả lời khiếu nại"),
    Action.NOTICE_POSTED: _l("Đăng thông báo của cuộc thi"),
    Action.NOTICE_CHANGED: _l("Sửa thông báo của cuộc thi"),
    Action.NOTICE_ENDED: _l("Gỡ thông báo của cuộc thi"),
    Action.ANNOUNCED: _l("Thông báo cho người đang làm bài"),
    Action.ANNOUNCEMENT_ENDED: lazy_pgettext("log", "Gỡ thông báo"),
    Action.CONSENT_RENEWED: _l("Đồng ý lại việc xử lý dữ liệu"),
    Action.DATA_REQUESTED: _l("Yêu cầu về dữ liệu cá nhân"),
    Action.DATA_REQUEST_DECIDED: _l("Trả lời yêu cầu về dữ liệu cá nhân"),
    Action.DATA_REQUEST_TAKEN_BACK: _l("Rút lại yêu cầu về dữ liệu cá nhân"),
    Action.PUBLICATION_WITHDRAWN: lazy_pgettext("log", "Rút đồng ý công bố"),
    Action.PERSON_ERASED: _l("Xóa dữ liệu cá nhân của một người"),
    Action.DATA_CORRECTED: _l("Sửa dữ liệu cá nhân theo yêu cầu"),
    Action.DATA_SHOWN: _l("Xem dữ liệu cá nhân đầy đủ"),
    Action.DATA_EXPORTED: _l("Xuất dữ liệu cá nhân đầy đủ ra tệp"),
    Action.KEYS_ROTATED: _l("Thay khóa dữ liệu"),
    Action.BACKUP_MADE: _l("Sao lưu dữ liệu"),
    Action.BACKUP_RESTORED: _l("Khôi phục từ bản sao lưu"),
    Action.DATA_PURGED: _l("Tự xóa dữ liệu cá nhân đã hết hạn"),
    Action.STAFF_CREATED: _l("Lập tài khoản"),
    Action.STAFF_SIGNED_IN: lazy_pgettext("log", "Đăng nhập"),
    Action.STAFF_PASSWORD_CHANGED: lazy_pgettext("log", "Đổi mật khẩu"),
    Action.STAFF_ENABLED: _l("Mở lại tài khoản"),
    Action.STAFF_DISABLED: _l("Khóa tài khoản"),
    Action.STAFF_SESSIONS_ENDED: _l("Kết thúc các phiên làm việc"),
    Action.STAFF_INVITED: _l("Mời người vào làm việc"),
    Action.INVITATION_WITHDRAWN: lazy_pgettext("log", "Thu lại lời mời"),
    Action.STAFF_ROLE_CHANGED: _l("Đổi quyền của tài khoản"),
    Action.SECOND_STEP_SET: _l("Bật đăng nhập hai bước"),
    Action.SECOND_STEP_DROPPED: _l("Bỏ đăng nhập hai bước"),
    Action.RECOVERY_CODES_RENEWED: _l("Làm lại mã dự phòng"),
    Action.RECOVERY_CODE_USED: _l("Đăng nhập bằng mã dự phòng"),
    Action.HOOK_ADDED: _l("Thêm địa chỉ báo tin"),
    Action.HOOK_CHANGED: _l("Đổi tin báo của một địa chỉ"),
    Action.HOOK_SECRET_CHANGED: _l("Đổi khóa ký của địa chỉ báo tin"),
    Action.HOOK_SWITCHED_ON: _l("Bật địa chỉ báo tin"),
    Action.HOOK_SWITCHED_OFF: _l("Tắt địa chỉ báo tin"),
    Action.HOOK_REMOVED: _l("Bỏ địa chỉ báo tin"),
    Action.SIMULATED: _l("Chạy thử bằng số liệu mô phỏng"),
}
_NAMED = re.compile(r"(\w+): (.*)", re.DOTALL)
_SWITCHED = {"True": _l("bật"), "False": _l("tắt"), "None": _l("không có")}
_PART = re.compile(r"(round|list) (\d+) (\w+)(.*)", re.DOTALL)
_PARTS = {"round": _l("vòng %(n)s"), "list": _l("bảng chung %(n)s")}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_LONGEST = 300


def action_words(action: str) -> str:
    """What was done, in words; the bare code for one that this version does not know."""
    return str(ACTIONS[Action(action)]) if action in set(Action) else action


def subject_words(subject: str) -> str:
    """What it was done to: "round 2" as vòng 2."""
    kind, _space, name = subject.partition(" ")
    return str(SUBJECTS[kind]) % {"name": name} if name and kind in SUBJECTS else subject


def detail_words(detail: Mapping[str, Any]) -> tuple[str, ...]:
    """The figures of an event in one line, and a line for each change."""
    figures = [
        f"{NAMES.get(name, name)}: {_value(value)}" for name, value in detail.items() if _is_one(value)
    ]
    changes = [_change(str(item)) for value in detail.values() if not _is_one(value) for item in value]
    return tuple(text[:_LONGEST] for text in ([" · ".join(figures)] if figures else []) + changes)


def _is_one(value: object) -> bool:
    return not isinstance(value, list | tuple | dict)


def _value(value: object) -> str:
    if value is None or isinstance(value, bool):
        return str(_SWITCHED[str(value)])
    if value in set(Phase):
        return str(PHASES[Phase(str(value))])
    for words in (REASONS, VALUES):
        if value in words:
            return str(words[str(value)])
    return next((str(words) for role, words in ROLES.items() if role.value == value), str(value))


def _change(text: str) -> str:
    """A change as the service names it: "round 2 added", "renamed: old → new", "title"."""
    named = _NAMED.fullmatch(text)
    if named is not None and named[1] in TOPICS:
        return str(TOPICS[named[1]]) % {"what": _SWITCHED.get(named[2], named[2])}
    found = _PART.fullmatch(text)
    if found is None:
        return str(NAMES.get(text) or KEYS.get(text, text))
    part, number, what, rest = found.groups()
    name = str(_PARTS[part]) % {"n": number}
    if what == "added":
        return str(_("thêm %(what)s", what=name))
    if what == "removed":
        return str(_("bỏ %(what)s", what=name))
    what = str(KEYS.get(what) or NAMES.get(what, what))
    return str(_("%(part)s, %(what)s", part=name, what=what)) + _values(rest)


def _values(rest: str) -> str:
    """ ": old → new" in words, or nothing where they are more than one word can say."""
    before, arrow, after = rest.removeprefix(": ").partition(" → ")
    if arrow and (old := _side(before)) and (new := _side(after)):
        return f": {old} → {new}"
    return ""


def _side(text: str) -> str:
    """A value as people read it; empty for structures and codes that have no words."""
    if text in _SWITCHED:
        return str(_SWITCHED[text])
    if text in KEYS:
        return str(KEYS[text])
    if _MOMENT.match(text):
        return full_time(datetime.fromisoformat(text))
    is_plain = text[:1] not in "{[('\"" and (not text.isascii() or " " in text or text[:1].isdigit())
    return text if is_plain else ""
