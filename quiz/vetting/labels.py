"""Words for signals, strengths, categories of rulings and refusals."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from quiz.vetting.ruling import Category
from quiz.vetting.values import Signal, Strength
from quiz.web.labels import add_messages

# What two entries have in common, in a sentence; places are filled with the figures of the evidence.
SIGNALS = {
    Signal.NAME_SAME: _l("Cùng họ tên"),
    Signal.NAME_MARKS: _l("Cùng họ tên, chỉ khác dấu"),
    Signal.NAME_SLIP: _l("Họ tên lệch nhau một chữ cái"),
    Signal.NAME_PART: _l("Cùng họ và tên, một bên thiếu tên đệm"),
    Signal.NAME_ORDER: _l("Cùng các chữ trong họ tên, khác thứ tự"),
    Signal.BIRTH_SAME: _l("Cùng ngày sinh"),
    Signal.BIRTH_YEAR: _l("Cùng năm sinh, không rõ ngày"),
    Signal.BIRTH_SWAPPED: _l("Ngày sinh đảo ngày với tháng"),
    Signal.BIRTH_SLIP: _l("Ngày sinh lệch một chữ số"),
    Signal.BIRTH_PART: _l("Ngày sinh chỉ khác ngày, tháng hoặc năm"),
    Signal.PHONE_SAME: _l("Cùng số điện thoại (%(people)s đăng ký dùng số này)"),
    Signal.PHONE_NEAR: _l("Số điện thoại lệch một chữ số"),
    Signal.ID_SAME: _l("Cùng số căn cước"),
    Signal.ID_NEAR: _l("Số căn cước lệch một chữ số"),
    Signal.ID_OTHER: _l("Số căn cước khác nhau"),
    Signal.DEVICE: _l("Cùng thiết bị (%(people)s đăng ký từ thiết bị này)"),
    Signal.DEVICE_CROWD: _l("%(families)s họ khác nhau trên cùng một thiết bị"),
    Signal.NETWORK: _l("Cùng mạng (%(people)s đăng ký từ mạng này)"),
    Signal.RHYTHM: _l("Đăng ký hoặc vào thi nối tiếp nhau, cách %(minutes)s phút"),
    Signal.ANSWERS: _l("Cùng chọn sai như nhau ở %(same)s trong %(erred)s câu có người sai"),
}
STRENGTHS = {
    Strength.STRONG: (_l("mạnh"), "warning"),
    Strength.MEDIUM: (_l("vừa"), "info"),
    Strength.WEAK: (_l("yếu"), "muted"),
    Strength.AGAINST: (_l("ngược lại"), "success"),
}
CATEGORIES = {
    Category.SECOND_ENTRY: _l("Một người đăng ký nhiều lần"),
    Category.FALSE_DATA: _l("Thông tin đăng ký không đúng"),
    Category.NOT_ELIGIBLE: _l("Không thuộc đối tượng dự thi"),
    Category.NOT_ALONE: _l("Bài làm có dấu hiệu không tự làm"),
    Category.SHARED_NUMBER: _l("Nhiều người khai cùng một số điện thoại hoặc căn cước"),
    Category.OTHER: _l("Lý do khác, nêu trong thể lệ"),
}

add_messages(
    {
        "entry_is_set_aside": _l("Một trong hai đăng ký đã được gộp hoặc loại rồi. Tải lại trang để xem."),
        "attempt_is_running": _l("Có người đang làm bài. Chờ bài nộp xong rồi gộp."),
        "changed_meanwhile": _l("Có bài thi mới từ lúc xem trước. Xem lại điều sẽ xảy ra rồi quyết định."),
        "ruling_is_final": _l("Kết quả vòng liên quan đã công bố nên không hoàn tác được nữa."),
        "ruling_is_of_number": _l(
            "Quyết định này theo quyết định về số dùng chung. Hoàn tác ở trang Số dùng chung."
        ),
        "ruling_is_undone": _l("Quyết định này đã được hoàn tác rồi."),
        "later_ruling_first": _l(
            "Có quyết định sau này dựa vào quyết định này. Hoàn tác quyết định sau trước."
        ),
        "appeals_unanswered": _l(
            "%(count)s khiếu nại của người bị loại hoặc gộp chưa được trả lời. Trả lời xong mới công bố được."
        ),
        "appeal_length": _l("cần viết vài lời, nhiều nhất %(most)s ký tự."),
        "answer_length": _l("cần viết câu trả lời, nhiều nhất %(most)s ký tự."),
        "appealed_already": _l("Khiếu nại đã gửi rồi; mỗi quyết định được khiếu nại một lần."),
        "answered_already": _l("Khiếu nại này đã được trả lời."),
    }
)


def signal_words(signal: str, figures: Mapping[str, int]) -> str:
    """The sentence of one piece of evidence; the bare code of one that this version does not know."""
    if signal not in set(Signal):
        return signal
    text = str(SIGNALS[Signal(signal)])
    return text % figures if figures else text


def category_words(category: str) -> str:
    """What an entrant is told."""
    return str(CATEGORIES[Category(category)]) if category in set(Category) else category
