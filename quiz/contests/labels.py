"""A contest's rules in words: rules page, results, reports and the organisers' pages all read these."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.contests.definition import (
    Admission,
    Finish,
    OpenHours,
    Per,
    PredictionRule,
    PublishTime,
    Take,
    Unique,
    Way,
    Weekday,
)
from quiz.contests.hours import MIDNIGHT
from quiz.contests.phases import Phase
from quiz.scoring.collective import Formula, Trouble
from quiz.scoring.prediction import Stated, Target
from quiz.scoring.prizes import Exclusive
from quiz.scoring.ranking import Counts, Criterion
from quiz.web.labels import add_messages

PHASES = {
    Phase.DRAFT: _l("Nháp"),
    Phase.SCHEDULED: _l("Sắp mở"),
    Phase.OPEN: _l("Đang mở"),
    Phase.RESTING: _l("Ngoài giờ thi"),
    Phase.PAUSED: _l("Tạm dừng"),
    Phase.CLOSED: _l("Đã đóng, đang xét"),
    Phase.FROZEN: _l("Đã chốt, chờ công bố"),
    Phase.PUBLISHED: _l("Đã công bố"),
}
CRITERIA = {
    Criterion.ALL_CORRECT: _l("đúng tất cả các câu"),
    Criterion.SCORE: _l("điểm cao hơn"),
    Criterion.CORRECT_COUNT: _l("nhiều câu đúng hơn"),
    Criterion.PREDICTION_ERROR: _l("dự đoán sát hơn"),
    Criterion.PREDICTION_NOT_ABOVE: _l("dự đoán không cao hơn số thực tế"),
    Criterion.DURATION: _l("làm bài nhanh hơn"),
    Criterion.SUBMITTED_AT: _l("nộp bài sớm hơn"),
    Criterion.ATTEMPTS: _l("ít lượt thi hơn"),
    Criterion.REGISTERED_AT: _l("đăng ký sớm hơn"),
    Criterion.FIRST_START: _l("bắt đầu lượt đầu sớm hơn"),
    Criterion.TIMES_AT_BEST: _l("đạt kết quả cao nhất nhiều lần hơn"),
}
COUNTS = {
    Counts.BEST_THEN_EARLIEST: _l("tính lượt có nhiều câu đúng nhất, bằng nhau thì lượt nộp sớm hơn"),
    Counts.BEST: _l("tính lượt có nhiều câu đúng nhất, bằng nhau thì lượt làm nhanh hơn"),
    Counts.FIRST: _l("tính lượt đầu tiên"),
    Counts.LAST: _l("tính lượt cuối cùng"),
}
WEEKDAYS = {
    Weekday.MON: _l("thứ Hai"),
    Weekday.TUE: _l("thứ Ba"),
    Weekday.WED: _l("thứ Tư"),
    Weekday.THU: _l("thứ Năm"),
    Weekday.FRI: _l("thứ Sáu"),
    Weekday.SAT: _l("thứ Bảy"),
    Weekday.SUN: _l("Chủ nhật"),
}
STATED = {
    Stated.COUNTED: _l("tính số dự đoán của lượt được tính"),
    Stated.FIRST: _l("tính số dự đoán đầu tiên đã nộp"),
    Stated.LAST: _l("tính số dự đoán sau cùng đã nộp"),
}
TAKES = {
    Take.SUM: _l("cộng kết quả được tính của các vòng"),
    Take.BEST: _l("chọn một lượt được tính trong tất cả các lượt của các vòng"),
}
SPANS = {
    Per.DAY: _l("mỗi ngày"),
    Per.WEEK: _l("mỗi tuần"),
    Per.ROUND: _l("mỗi vòng"),
    Per.CONTEST: _l("trong cả cuộc thi"),
}
EXCLUSIVES = {
    Exclusive.NO: _l("vẫn xét như mọi người"),
    Exclusive.ONCE: _l("không xét nữa"),
    Exclusive.HIGHEST: _l("chỉ xét giải cao hơn giải đã có"),
}
TARGETS = {
    Target.PEOPLE_ALL_CORRECT: _l("Số người trả lời đúng tất cả các câu trong vòng"),
    Target.PARTICIPANTS: _l("Số người dự thi trong vòng"),
    Target.ATTEMPTS: _l("Số lượt thi trong vòng"),
    Target.PERCENT_ALL_CORRECT: _l("Tỷ lệ phần trăm người trả lời đúng tất cả các câu trong vòng"),
}
TARGET_QUESTIONS = {
    Target.PEOPLE_ALL_CORRECT: _l("Có bao nhiêu người trả lời đúng cả %(questions)s câu trong %(round)s?"),
    Target.PARTICIPANTS: _l("Có bao nhiêu người dự thi trong %(round)s?"),
    Target.ATTEMPTS: _l("Có bao nhiêu lượt thi trong %(round)s?"),
    Target.PERCENT_ALL_CORRECT: _l(
        "Bao nhiêu phần trăm người dự thi trả lời đúng cả %(questions)s câu trong %(round)s?"
    ),
}
TARGET_UNITS = {
    Target.PEOPLE_ALL_CORRECT: _l("người"),
    Target.PARTICIPANTS: _l("người"),
    Target.ATTEMPTS: _l("lượt"),
    Target.PERCENT_ALL_CORRECT: "%",
}
FORMULAS = {
    Formula.PARTICIPATION_RATE: _l("tỷ lệ dự thi trên tổng số người"),
    Formula.PARTICIPANTS: _l("số người dự thi"),
    Formula.ATTEMPTS: _l("số lượt thi"),
    Formula.MEAN_SCORE: _l("số câu đúng trung bình mỗi người"),
    Formula.TOTAL_SCORE: _l("tổng số câu đúng"),
    Formula.ALL_CORRECT: _l("số người đúng tất cả các câu"),
    Formula.RANK_POINTS: _l("điểm thứ hạng"),
    Formula.WINNERS: _l("số người đạt giải"),
    Formula.MERIT: _l("điểm thành tích do Ban Tổ chức ghi"),
    Formula.SUM: _l("tổng điểm các thành phần"),
}
TROUBLES = {
    Trouble.HEADCOUNT_MISSING: _l("Chưa có tổng số người của đơn vị nên chưa xếp hạng được."),
    Trouble.OVER_100_PERCENT: _l("Số người dự thi vượt tổng số người: cần sửa số liệu trước khi xếp hạng."),
    Trouble.BELOW_GATE: _l("Chưa đạt tỷ lệ dự thi tối thiểu để xếp hạng."),
    Trouble.NO_PARTICIPANTS: _l("Chưa có người dự thi."),
    Trouble.TOO_FEW_WINNERS: _l("Chưa đủ số người đạt giải tối thiểu để xếp hạng."),
    Trouble.TOO_FEW_PEOPLE: _l("Chưa đủ số người dự thi tối thiểu để xếp hạng."),
    Trouble.NOT_NAMED: _l("Không có trong danh sách thành tích do Ban Tổ chức lập."),
}
UNIQUENESS = {
    Unique.PHONE: _l("Mỗi số điện thoại chỉ đăng ký được một người."),
    Unique.NATIONAL_ID: _l("Mỗi số căn cước chỉ đăng ký được một người."),
    Unique.PHONE_NAME_BIRTH_DATE: _l("Mỗi người (họ tên, ngày sinh và số điện thoại) chỉ đăng ký một lần."),
    Unique.ACCOUNT: _l("Mỗi tài khoản chỉ đăng ký được một người."),
    Unique.ROSTER: _l("Mỗi mã trong danh sách chỉ đăng ký được một người."),
    Unique.FLAG: _l("Các đăng ký nghi trùng được Ban Tổ chức xem xét trước khi trao giải."),
}
WAYS_IN = {
    Way.FORM: _l("khai mẫu đăng ký"),
    Way.CODE: _l("mã xác nhận gửi về điện thoại hoặc thư điện tử"),
    Way.ACCOUNT: _l("tài khoản có mật khẩu"),
    Way.OIDC: _l("đăng nhập chung"),
}
PUBLISH_TIMES = {
    PublishTime.AT_ONCE: _l("ngay sau khi nộp bài"),
    PublishTime.AFTER_CLOSE: _l("sau khi vòng thi đóng"),
    PublishTime.AFTER_PUBLICATION: _l("sau khi công bố kết quả"),
    PublishTime.NEVER: _l("không công bố"),
}
BOARD_TIMES = {
    PublishTime.AT_ONCE: _l("ngay khi có kết quả"),
    PublishTime.AFTER_CLOSE: _l("sau khi vòng thi đóng"),
    PublishTime.AFTER_PUBLICATION: _l("sau khi công bố kết quả"),
    PublishTime.NEVER: _l("không hiện"),
}
FINISHES = {
    Finish.CUT: _l("Bài đang làm dừng khi vòng thi đóng."),
    Finish.LET_FINISH: _l("Bài bắt đầu trước giờ đóng được làm hết thời gian."),
}


def hours_in_words(hours: OpenHours) -> str:
    """thứ Hai đến thứ Sáu, từ 08:00 đến 22:00"""
    names = [str(WEEKDAYS[day]) for day in Weekday if day in hours.days]
    places = [place for place, day in enumerate(Weekday) if day in hours.days]
    if len(names) == len(Weekday):
        days = str(_("mọi ngày"))
    elif len(places) > 2 and places == list(range(places[0], places[-1] + 1)):
        days = str(_("%(first)s đến %(last)s", first=names[0], last=names[-1]))
    else:
        days = ", ".join(names)
    if (hours.begins, hours.ends) == ("00:00", MIDNIGHT):
        return days
    return str(_("%(days)s, từ %(begins)s đến %(ends)s", days=days, begins=hours.begins, ends=hours.ends))


def admission_in_words(rule: Admission) -> str:
    """Dành cho người trong 100 hạng đầu của vòng 1."""
    source = (
        _("vòng %(n)s", n=rule.of_round)
        if rule.of_round is not None
        else _("bảng chung số %(n)s", n=rule.of_list)
    )
    needs = []
    if rule.top is not None:
        needs.append(str(_("có hạng từ 1 đến %(n)s", n=rule.top)))
    if rule.min_correct is not None:
        needs.append(str(_("đúng ít nhất %(n)s câu", n=rule.min_correct)))
    if rule.all_correct:
        needs.append(str(_("đúng tất cả các câu")))
    return str(
        _("Chỉ người %(needs)s ở %(source)s được vào vòng này.", needs=", ".join(needs), source=source)
    )


def prediction_in_words(rule: PredictionRule) -> str:
    """Số người trả lời đúng…, chốt lúc đóng vòng."""
    return str(_("%(target)s, chốt lúc đóng vòng", target=TARGETS[rule.target]))


add_messages(
    {
        "notice_words_out_of_range": _l("Thông báo cần có lời, nhiều nhất %(most)s ký tự. Viết lại."),
        "notice_ends_too_early": _l("Lúc gỡ phải sau lúc hiện và sau bây giờ. Sửa giờ."),
        "notice_is_over": _l("Thông báo này đã gỡ. Đăng thông báo mới."),
        "slug_is_taken": _l("Mã “%(slug)s” đã dùng cho một cuộc thi khác. Chọn mã khác."),
        "unknown_tree": _l("Chưa có cây đơn vị “%(tree)s”. Nhập cây đơn vị trước, hoặc sửa tên cây."),
        "unknown_unit": _l("Không có đơn vị mã “%(unit)s” trong cây đơn vị. Sửa mã, hoặc bỏ khỏi danh sách."),
        "roster_empty": _l(
            "Cuộc thi chỉ dành cho người trong danh sách, mà danh sách chưa có ai. Nhập trước."
        ),
        "unknown_document": _l("Chưa có văn bản “%(document)s”. Nạp văn bản trước, hoặc sửa mã."),
        "unknown_bank": _l("Vòng %(round)s: chưa có ngân hàng câu hỏi “%(bank)s”. Nhập câu hỏi trước."),
        "round_times_passed": _l("Giờ đóng của vòng %(round)s đã qua. Sửa giờ đóng rồi mở lại."),
        "units_nested": _l(
            "“%(rule)s”: %(unit)s thuộc %(above)s mà cả hai cùng xếp một bảng. Chọn loại đơn vị cùng một cấp."
        ),
        "tree_is_fixed": _l("Cuộc thi đã mở nên không đổi sang cây đơn vị khác được."),
        "units_required": _l("Mẫu đăng ký bắt buộc chọn đơn vị nhưng cuộc thi chưa có cây đơn vị."),
        "uniqueness_without_way_in": _l(
            "Chống trùng theo tài khoản chưa dùng được với mẫu đăng ký này. Chọn cách khác."
        ),
        "uniqueness_is_fixed": _l("Cuộc thi đã mở đăng ký nên không đổi quy tắc chống trùng được."),
        "round_cannot_go": _l("Vòng %(round)s đã được mở nên không bỏ khỏi cuộc thi được."),
        "round_is_running": _l("Vòng %(round)s đã mở: không đổi “%(what)s” được nữa."),
        "list_needs_round": _l(
            "Bảng chung “%(list)s” lấy kết quả vòng %(round)s nên không bỏ được. Sửa bảng chung trước."
        ),
        "list_is_fixed": _l(
            "Vòng %(round)s đã mở nên không đổi cách xếp của bảng chung số %(list)s được nữa."
        ),
        "two_persons_has_its_page": _l(
            "Quy tắc hai người không tắt bằng tệp hay mẫu này được. "
            "Chủ hệ thống tắt ở trang “Quy tắc hai người”."
        ),
        "two_persons_reason": _l("Cần ghi lý do, nhiều nhất %(most)s ký tự."),
        "step_refused": _l("Vòng thi hiện không ở giai đoạn làm được bước này. Tải lại trang để xem."),
        "bank_too_thin_to_open": _l(
            "Ngân hàng câu hỏi chưa đủ: %(topic)s %(level)s cần %(wanted)s câu, có %(have)s câu. "
            "Bổ sung câu hỏi hoặc sửa ma trận đề."
        ),
    }
)
