"""Words for what entry refuses, and for what was typed wrongly: the fault and how to mend it."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from quiz.contests.models import Contest
from quiz.core.dates import DateProblem
from quiz.core.emails import EmailProblem
from quiz.core.genders import Gender
from quiz.core.national_ids import CardFacts, Doubt, NationalIdProblem
from quiz.core.phones import PhoneProblem
from quiz.web.filters import day
from quiz.web.labels import add_messages

_PHONE = {
    "empty": _l("chưa nhập số điện thoại. Số di động có 10 chữ số, bắt đầu bằng 0."),
    "letters": _l("số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678."),
    "too_short": _l("mới có %(digits)s chữ số. Số di động có 10 chữ số, bắt đầu bằng 0."),
    "too_long": _l("có tới %(digits)s chữ số. Số di động có 10 chữ số, bắt đầu bằng 0."),
    "not_mobile": _l("đây không phải số di động. Số di động bắt đầu bằng 03, 05, 07, 08 hoặc 09."),
}
_DATE = {
    "empty": _l("chưa nhập đủ ngày, tháng, năm. Không nhớ ngày, tháng: nhập 1 và 1."),
    "empty_year": _l("chưa nhập năm sinh. Nhập đủ 4 chữ số, ví dụ 1962."),
    "not_a_number": _l("ngày, tháng, năm chỉ gồm chữ số, ví dụ 15, 8, 1962."),
    "year_digits": _l("năm “%(year)s” chưa đủ. Nhập đủ 4 chữ số, ví dụ 1962."),
    "month_range": _l("không có tháng %(month)s. Nhập số từ 1 đến 12."),
    "day_range": _l("không có ngày %(day)s. Nhập số từ 1 đến 31."),
    "no_such_day": _l("tháng %(month)s năm %(year)s chỉ có %(last)s ngày. Sửa lại ngày hoặc tháng."),
    "future": _l("năm %(year)s chưa tới. Nhập đủ 4 chữ số, ví dụ 1962."),
    "too_long_ago": _l("năm %(year)s quá xa. Nhập đủ 4 chữ số, ví dụ 1962."),
}
_NATIONAL_ID = _l("số căn cước có 12 chữ số. Xem lại trên thẻ rồi nhập đủ.")
_EMAIL = {
    "empty": _l("chưa nhập địa chỉ thư điện tử."),
    "no_at": _l("địa chỉ thư có dấu @, ví dụ huong@example.com."),
    "not_an_address": _l("địa chỉ này chưa đúng. Xem lại dấu chấm, khoảng trắng, chữ có dấu."),
}
GENDERS = {Gender.FEMALE: _l("Nữ"), Gender.MALE: _l("Nam"), Gender.OTHER: _l("Khác")}

add_messages(
    {
        "identity_taken": _l(
            "Chưa đăng ký được với thông tin này. Nếu đã đăng ký trước đó, dùng mục Làm tiếp ở cuối trang; "
            "nếu chưa từng đăng ký, gọi Ban Tổ chức để được giúp."
        ),
        "too_young": _l("Cuộc thi dành cho người từ %(age)s tuổi trở lên."),
        "too_old": _l("Cuộc thi dành cho người từ %(age)s tuổi trở xuống."),
        "too_young_on": _l("Cuộc thi dành cho người từ %(age)s tuổi trở lên, tính đến ngày %(day)s."),
        "too_old_on": _l("Cuộc thi dành cho người từ %(age)s tuổi trở xuống, tính đến ngày %(day)s."),
        "not_on_roster": _l(
            "Thông tin này chưa khớp với danh sách được dự thi. Viết họ tên, ngày sinh (và mã dự thi, "
            "nếu có) đúng như giấy báo; nếu vẫn chưa được, gọi Ban Tổ chức."
        ),
        "unit_not_admitted": _l("Cuộc thi không dành cho đơn vị này. Xem lại đơn vị, hoặc gọi Ban Tổ chức."),
        "barred": _l(
            "Theo thể lệ, người tổ chức, người ra đề và người phục vụ cuộc thi không dự thi. "
            "Cảm ơn bạn đã quan tâm; nếu có nhầm lẫn, gọi Ban Tổ chức."
        ),
        "birth_date_needed": _l("Cuộc thi có quy định về tuổi: cần nhập ngày sinh."),
        "unknown_return": _l(
            "Không tìm thấy đăng ký với số điện thoại và ngày sinh này. Xem lại hai mục, hoặc đăng ký mới."
        ),
        "which_person": _l(
            "Có nhiều người dùng chung số điện thoại và ngày sinh này. Nhập thêm họ và tên đã khai."
        ),
        "too_many_returns": _l("Đã thử quá nhiều lần. Chờ một giờ rồi thử lại, hoặc gọi Ban Tổ chức."),
        "representative_missing": _l("người dưới 16 tuổi cần người đại diện đồng ý."),
        "consent_outdated": _l("Nội dung đồng ý xử lý dữ liệu đã thay đổi. Đọc và đồng ý lại trước khi thi."),
        "name_missing": _l("chưa nhập họ và tên."),
        "birth_date_missing": _l("chưa nhập ngày sinh."),
        "phone_missing": _l("chưa nhập số điện thoại."),
        "national_id_missing": _l("chưa nhập số căn cước."),
        "gender_missing": _l("chưa chọn giới tính."),
        "email_missing": _l("chưa nhập địa chỉ thư điện tử."),
        "address_missing": _l("chưa nhập địa chỉ."),
        "workplace_missing": _l("chưa nhập nơi làm việc, học tập."),
        "category_missing": _l("chưa chọn đối tượng dự thi."),
        "unit_missing": _l(
            "chưa chọn đơn vị. Chạm vào một dòng trong danh sách, hoặc chọn theo cây bên dưới."
        ),
    }
)


def phone_message(problem: PhoneProblem) -> str:
    """What is wrong with a typed phone number."""
    return str(_PHONE[problem.code]) % problem.params


def date_message(problem: DateProblem) -> str:
    """What is wrong with a typed date."""
    return str(_DATE[problem.code]) % problem.params


def national_id_message(_problem: NationalIdProblem) -> str:
    """What is wrong with a typed national ID."""
    return str(_NATIONAL_ID)


def email_message(problem: EmailProblem) -> str:
    """What is wrong with a typed mail address."""
    return str(_EMAIL[problem.code])


def birth_words(contest: Contest, birth_date: date | None) -> str:
    """The birth date as far as the contest asks for it: 15/8/1962, or 1962."""
    if birth_date is None:
        return ""
    return str(birth_date.year) if contest.entry.asks_only_year else str(day(birth_date))


def doubt_words(doubt: Doubt, facts: CardFacts) -> str:
    """Where a number and the other fields disagree, in words that leave the entrant right."""
    if doubt is Doubt.PLACE:
        return str(_("Ba số đầu (%(place)s) không phải mã của tỉnh nào.", place=f"{facts.place:03}"))
    if doubt is Doubt.BIRTH_YEAR:
        return str(_("Số căn cước là của người sinh năm %(year)s.", year=facts.birth_year))
    return str(_("Số căn cước là của người có giới tính %(gender)s.", gender=GENDERS[facts.gender]))


def listed_birth(birth_date: date | None, only_year: bool) -> str:
    """A birth date of a list as far as the list knows it."""
    if birth_date is None:
        return ""
    return str(birth_date.year) if only_year else str(day(birth_date))


def consent_words(contest: Contest) -> str:
    """What people agree to: the organisers' own words, or the product's: what for, who, which rights."""
    policy = contest.entry
    if policy.consent:
        return policy.consent
    return str(
        _(
            "%(organiser)s dùng những thông tin khai ở trên để tổ chức thi, chống trùng và trao giải; "
            "tự xóa sau %(n)s tháng kể từ khi công bố kết quả. Có quyền xem, sửa, tải về, rút lại đồng ý, "
            "hạn chế, phản đối, yêu cầu xóa và khiếu nại, ở mục Dữ liệu của tôi.",
            organiser=contest.settings.organiser or _("Ban Tổ chức"),
            n=policy.retention_months,
        )
    )
