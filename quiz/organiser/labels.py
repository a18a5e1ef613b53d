"""Words of the organisers' pages: steps of a round, parts of a definition, refusals."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from quiz.contests.definition import Birth, DefinitionProblem, Presence, Study, Unique, Way
from quiz.contests.errors import BankTooThin, RoundRunning
from quiz.contests.phases import RoundAction
from quiz.core.errors import DomainError
from quiz.entries.examples import Outcome
from quiz.scoring.ranking import Criterion
from quiz.standings.service import CannotClose
from quiz.web.labels import domain_message

# With a context where English has another word for what is so (“paused”) than for what is done (“pause”).
STEPS = {
    RoundAction.OPEN: _l("Mở vòng"),
    RoundAction.PAUSE: lazy_pgettext("step", "Tạm dừng"),
    RoundAction.RESUME: _l("Tiếp tục"),
    RoundAction.CLOSE: _l("Đóng vòng"),
    RoundAction.FREEZE: _l("Chốt kết quả"),
    RoundAction.PUBLISH: lazy_pgettext("step", "Công bố"),
}
STEPS_DONE = {
    RoundAction.OPEN: _l("Đã mở %(round)s."),
    RoundAction.PAUSE: _l("Đã tạm dừng %(round)s. Đồng hồ của bài đang làm đứng yên."),
    RoundAction.RESUME: _l("%(round)s chạy tiếp. Bài đang làm được bù thời gian tạm dừng."),
    RoundAction.CLOSE: _l("Đã đóng %(round)s."),
    RoundAction.FREEZE: _l("Đã chốt kết quả %(round)s. Kiểm tra rồi công bố."),
    RoundAction.PUBLISH: _l("Đã công bố kết quả %(round)s."),
}
STEP_ICONS = {
    RoundAction.OPEN: "check-circle",
    RoundAction.PAUSE: "pause",
    RoundAction.RESUME: "next",
    RoundAction.CLOSE: "lock",
    RoundAction.FREEZE: "shield",
    RoundAction.PUBLISH: "people",
}
CRITERION_NOTES = {
    Criterion.ALL_CORRECT: _l("chỉ xếp hạng ai đúng tất cả các câu"),
    Criterion.SCORE: _l("theo tỷ lệ câu đúng trên số câu"),
    Criterion.CORRECT_COUNT: _l("đếm số câu đúng của lượt được tính"),
    Criterion.PREDICTION_ERROR: _l("gần số thực tế hơn xếp trên, không kể hơn hay kém"),
    Criterion.PREDICTION_NOT_ABOVE: _l("lệch bằng nhau thì số dự đoán thấp hơn xếp trên"),
    Criterion.DURATION: _l("tính theo đồng hồ máy chủ"),
    Criterion.SUBMITTED_AT: _l("thời điểm nộp của lượt được tính"),
    Criterion.ATTEMPTS: _l("đếm cả những lượt không được tính"),
    Criterion.REGISTERED_AT: _l("thời điểm đăng ký dự thi"),
    Criterion.FIRST_START: _l("thời điểm vào thi lần đầu trong vòng"),
    Criterion.TIMES_AT_BEST: _l("số lượt cùng đạt số câu đúng cao nhất"),
}
PRESENCES = {
    Presence.REQUIRED: _l("Bắt buộc"),
    Presence.OPTIONAL: _l("Không bắt buộc"),
    Presence.OFF: _l("Không hỏi"),
}
BIRTHS = {Birth.DATE: _l("Ngày, tháng, năm"), Birth.YEAR: _l("Chỉ năm sinh")}
OUTCOMES = {
    Outcome.ENTERS: _l("Vào thi."),
    Outcome.SHARES: _l("Vào thi. Ban Tổ chức thấy chỗ trùng để xem xét."),
    Outcome.DISPUTED: _l("Vào thi, không được báo là số đã có người. Ban Tổ chức xét trước khi trao giải."),
    Outcome.COMES_BACK: _l("Về đúng đăng ký đã có, không thêm người."),
}
UNIQUE_NAMES = {
    Unique.PHONE: _l("Số điện thoại"),
    Unique.NATIONAL_ID: _l("Số căn cước"),
    Unique.PHONE_NAME_BIRTH_DATE: _l("Điện thoại + họ tên + ngày sinh"),
    Unique.ACCOUNT: _l("Tài khoản"),
    Unique.ROSTER: _l("Mã trong danh sách"),
    Unique.FLAG: _l("Không chặn, xem xét sau"),
}
WAY_NAMES = {
    Way.FORM: _l("Khai mẫu, không cần xác nhận"),
    Way.CODE: _l("Mã xác nhận gửi về điện thoại, thư điện tử (tốn tiền nhắn tin)"),
    Way.ACCOUNT: _l("Tài khoản có mật khẩu, lập bằng mã xác nhận"),
    Way.OIDC: _l("Đăng nhập chung của tỉnh, của ngành"),
}
STUDY_NAMES = {
    Study.ALWAYS: _l("Luôn đọc được"),
    Study.NOT_DURING_ROUNDS: _l("Ẩn trong lúc có vòng đang mở"),
}
# What the definition calls by a key, in the words of the pages.
KEYS = {
    "name": _l("tên"),
    "birth_date": _l("ngày sinh"),
    "phone": _l("số điện thoại"),
    "national_id": _l("số căn cước"),
    "gender": _l("giới tính"),
    "email": _l("thư điện tử"),
    "workplace": _l("nơi làm việc, học tập"),
    "address": _l("địa chỉ"),
    "category": _l("đối tượng dự thi"),
    "unit": _l("đơn vị"),
    "units": _l("những đơn vị được dự thi"),
    "age_on": _l("ngày tính tuổi"),
    "unique": _l("chống trùng"),
    "ways": _l("cách vào dự thi"),
    "min_age": _l("tuổi nhỏ nhất"),
    "max_age": _l("tuổi lớn nhất"),
    "allow_under_16": _l("người dưới 16 tuổi"),
    "phone+name+birth_date": _l("điện thoại, họ tên, ngày sinh"),
    "account": _l("tài khoản"),
    "roster": _l("mã trong danh sách"),
    "flag": _l("không chặn"),
    "opens_at": _l("giờ mở"),
    "closes_at": _l("giờ đóng"),
    "minutes": _l("thời gian làm bài"),
    "paper": _l("ma trận đề"),
    "matrix": _l("ma trận đề"),
    "fixed": _l("bộ câu cố định"),
    "ranking": _l("thứ tự xếp hạng"),
    "prediction": _l("câu dự đoán"),
    "prediction_error": _l("dự đoán sát hơn"),
    "attempts": _l("số lượt"),
    "practice": _l("vòng thi thử"),
    "prizes": _l("giải"),
    "finish": _l("bài đang làm lúc đóng vòng"),
    "publish": _l("giờ công bố"),
    "windows": _l("ngày và giờ thi"),
    "admits": _l("người được vào vòng"),
    "take": _l("cách lấy kết quả"),
    "counts": _l("lượt được tính"),
    "rounds": _l("các vòng"),
    "min_rounds": _l("số vòng ít nhất"),
    "people_all_correct": _l("số người đúng tất cả"),
    "participants": _l("số người dự thi"),
    "percent_all_correct": _l("tỷ lệ người đúng tất cả"),
}
# How to mend on a page what the definition's own advice says in terms of the file; by the last key.
_MENDS = {
    "ways": _l("Đánh dấu cách vào hợp với cách chống trùng và các mục phải khai."),
    "unique": _l("Đặt các mục đó thành “Bắt buộc”, hoặc chọn cách chống trùng khác."),
    "min_age": _l("Đặt ngày sinh thành “Bắt buộc”."),
    "max_age": _l("Sửa một trong hai tuổi."),
    "unit": _l("Đặt đơn vị thành “Không hỏi”, hoặc thêm cây đơn vị trong tệp định nghĩa."),
    "age_on": _l("Nhập tuổi nhỏ nhất hoặc lớn nhất, hoặc bỏ ngày tính tuổi."),
    "category": _l("Thêm ít nhất một đối tượng vào danh sách, hoặc đặt thành “Không hỏi”."),
    "units": _l("Đặt đơn vị thành “Bắt buộc”, hoặc để trống danh sách đơn vị."),
    "roster": _l("Đặt ngày sinh thành “Bắt buộc”, hoặc nhận ra người bằng mã trong danh sách."),
    "days": _l("Đánh dấu ít nhất một ngày."),
    "from": _l("Nhập giờ và phút, ví dụ 08:00; để trống là từ đầu ngày."),
    "to": _l("Sửa giờ; muốn mở qua nửa đêm thì dùng hai vòng."),
    "admits": _l("Nhập ít nhất một điều kiện; vòng thi thử thì để mọi người vào."),
    "round": _l("Chọn vòng khác."),
    "list": _l("Chọn bảng chung khác."),
    "minutes": _l("Giảm thời gian làm bài, hoặc đóng vòng muộn hơn."),
    "matrix": _l("Nhập số câu vào ít nhất một ô của ma trận đề."),
    "fixed": _l("Giữ một: ma trận để rút, hoặc bộ câu cố định."),
    "ranking": _l("Thêm câu dự đoán, hoặc bỏ tiêu chí đó; cần ít nhất một tiêu chí."),
    "prediction": _l("Thêm tiêu chí “dự đoán sát hơn”, hoặc bỏ câu dự đoán."),
    "decimals": _l("Đặt số chữ số thập phân là 0."),
    "bank": _l(
        "Đặt đối tượng dự thi thành “Bắt buộc” ở Quy tắc dự thi và dùng ma trận đề, hoặc chọn như cả vòng."
    ),
    "code": _l("Thêm đối tượng đó ở Quy tắc dự thi."),
    "prizes": _l("Mỗi tên giải một dòng, cộng số lượng lại; vòng thi thử thì không có giải."),
    "awarding": _l("Nhập giải, hoặc để cách xét giải như ban đầu."),
    "start_spread_seconds": _l("Giảm số giây vào rải ra, hoặc đóng vòng muộn hơn."),
    "exposure_cap": _l("Để trống số phần trăm."),
    "per": _l("Chọn tính lượt theo vòng."),
    "key": _l("Chọn giờ công bố đáp án không sớm hơn điểm."),
    "collective": _l("Giải tập thể cần hỏi đơn vị khi đăng ký."),
}


def problem_words(problem: DefinitionProblem) -> str:
    """What is wrong and how to mend it, in the words of the pages instead of the file's keys."""
    message = problem.message
    for key, words in KEYS.items():
        message = message.replace(f"“{key}”", f"“{words}”")
    return f"{message} {_MENDS.get(problem_part(problem), problem.mend)}"


def problem_part(problem: DefinitionProblem) -> str:
    """The last name on the way to the problem: "rounds[2].paper.matrix[1]" is about "matrix"."""
    return problem.key.rsplit(".", 1)[-1].split("[", 1)[0]


def cell_words(topic: str | None, level: str | None) -> str:
    """Chủ đề “Đại hội I–V”, mức dễ."""
    if topic and level:
        return str(_("Chủ đề “%(topic)s”, mức “%(level)s”", topic=topic, level=level))
    if topic:
        return str(_("Chủ đề “%(topic)s”", topic=topic))
    return str(_("Mức “%(level)s”", level=level)) if level else str(_("Chủ đề và mức độ bất kỳ"))


def refusal_words(error: DomainError | CannotClose) -> tuple[str, ...]:
    """Why it was not done: one sentence for each thing that stands in the way."""
    if isinstance(error, BankTooThin):
        return tuple(
            str(
                _(
                    "%(cell)s: cần %(wanted)s, có %(have)s. Bổ sung câu hỏi đã duyệt hoặc sửa ma trận đề.",
                    cell=cell_words(topic, level),
                    wanted=wanted,
                    have=have,
                )
            )
            for topic, level, wanted, have in error.shortages
        )
    if isinstance(error, CannotClose):
        count = len(error.attempt_ids)
        return (str(_("Có %(n)s bài chưa chấm được nên chưa chốt. Báo người quản trị hệ thống.", n=count)),)
    if isinstance(error, RoundRunning) and "what" in error.params:
        what = KEYS.get(str(error.params["what"]), str(error.params["what"]))
        words = _(
            "Vòng %(round)s đã mở nên không đổi được nữa: %(what)s.", round=error.params["round"], what=what
        )
        return (str(words),)
    return (domain_message(error),)
