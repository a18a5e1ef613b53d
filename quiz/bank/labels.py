"""Words for what banks refuse and for what they show."""

from flask_babel import lazy_gettext as _l

from question_bank.values import Kind
from quiz.bank.checks import Fault
from quiz.bank.states import Note, QuestionState
from quiz.bank.workflow import Refusal
from quiz.web.labels import add_messages

STATES = {
    QuestionState.DRAFT: _l("Đang soạn"),
    QuestionState.IN_REVIEW: _l("Chờ duyệt"),
    QuestionState.APPROVED: _l("Đã duyệt"),
    QuestionState.RETIRED: _l("Ngừng dùng"),
}
KINDS = {
    Kind.SINGLE: _l("Một đáp án đúng"),
    Kind.MULTIPLE: _l("Nhiều đáp án đúng"),
    Kind.TRUE_FALSE: _l("Đúng hoặc sai"),
}
NOTES = {
    Note.COMMENT: _l("góp ý"),
    Note.CREATED: _l("đưa vào ngân hàng"),
    Note.REVISED: _l("sửa thành bản mới"),
    Note.SUBMITTED: _l("gửi duyệt"),
    Note.RETURNED: _l("trả lại"),
    Note.APPROVED: _l("duyệt"),
    Note.RETIRED: _l("ngừng dùng"),
    Note.RESTORED: _l("cho dùng lại"),
}
CHANGED_PARTS = {
    "text": _l("Nội dung"),
    "choice": _l("Phương án"),
    "key": _l("Đáp án"),
    "pinned": _l("Phương án được ghim"),
    "feedback": _l("Lời phản hồi"),
    "weights": _l("Phần điểm"),
    "kind": _l("Loại câu"),
    "topic": _l("Chủ đề"),
    "level": _l("Mức độ"),
    "source": _l("Nguồn trích dẫn"),
    "explanation": _l("Giải thích"),
    "tags": _l("Nhãn"),
    "citation": _l("Trích dẫn"),
    "translations": _l("Bản dịch"),
    "pictures": _l("Hình"),
}
# What a format cannot carry, by the codes of question_bank.writers.
LOST_PARTS = {
    "topic": _l("chủ đề"),
    "level": _l("mức độ"),
    "source": _l("nguồn trích dẫn"),
    "explanation": _l("giải thích"),
    "multiple": _l("nhiều đáp án đúng"),
    "truefalse": _l("loại câu Đúng/Sai"),
    "images": _l("hình"),
    "webp": _l("hình WebP"),
    "pinned": _l("phương án được ghim"),
    "feedback": _l("lời phản hồi từng phương án"),
    "weights": _l("phần điểm từng phương án"),
    "lines": _l("xuống dòng trong câu hỏi"),
    "choice_lines": _l("xuống dòng trong phương án"),
    "lookalikes": _l("chữ dễ lẫn với phương án, đáp án hoặc số câu"),
    "one_of_several": _l("câu nhiều đáp án mà chỉ có một đáp án đúng"),
    "tags": _l("nhãn"),
    "citation": _l("trích dẫn trong nguồn"),
    "translations": _l("bản dịch"),
    "key": _l("đáp án"),
}
# Formats whose names are words.
FORMATS = {"docx": _l("Word, đề kèm đáp án"), "docx-paper": _l("Word, đề không có đáp án")}
_KEY_FROM = {
    "column": _l("cột đáp án"),
    "bold": _l("chữ đậm"),
    "underline": _l("gạch chân"),
    "colour": _l("màu chữ"),
    "color": _l("màu chữ"),
    "highlight": _l("tô nền"),
    "answer line": _l("dòng đáp án"),
    "table": _l("bảng đáp án"),
    "list": _l("danh sách đáp án"),
    "mark": _l("dấu đánh ở phương án"),
    "file": _l("tệp ghi sẵn"),
}

add_messages(
    {
        "bank_slug": _l(
            "Mã ngân hàng “%(slug)s” chỉ gồm chữ thường không dấu, số và gạch nối, ví dụ lich-su-dai-hoi."
        ),
        "bank_title": _l("Tên ngân hàng cần có, nhiều nhất %(most)s ký tự."),
        "bank_taken": _l("Đã có ngân hàng mang mã “%(slug)s”. Chọn mã khác."),
        "bank_busy": _l("Có người khác đang sửa ngân hàng này. Đợi một lát rồi làm lại."),
        "import_refused": _l(
            "Chưa nhập được: tệp còn lỗi, hoặc ngân hàng vừa thay đổi. Mở lại trang xem trước của tệp."
        ),
        "topic_step": _l("Chưa chọn việc cần làm với chủ đề."),
        "topic_no_name": _l("Chưa nhập tên chủ đề."),
        "topic_too_long": _l("Tên chủ đề dài quá %(most)s ký tự."),
        "topic_taken": _l("Đã có chủ đề “%(name)s”. Muốn nhập làm một thì dùng “Gộp vào”."),
        "topic_unknown": _l("Không còn chủ đề “%(name)s”. Tải lại trang để xem cây chủ đề hiện nay."),
        "topic_circle": _l("Chủ đề “%(name)s” không thể nằm dưới chính nó hoặc dưới chủ đề con của nó."),
        "topic_not_empty": _l("Chủ đề “%(name)s” còn câu hỏi hoặc chủ đề con nên chưa xóa được."),
        "review_step": _l("Chưa chọn việc cần làm: duyệt, trả lại hoặc góp ý."),
        "comment_empty": _l("Chưa viết lời góp ý. Ghi rõ cần sửa gì để người soạn biết."),
        "comment_too_long": _l("Lời góp ý dài quá %(most)s ký tự."),
        Refusal.NOT_A_DRAFT.value: _l("Câu %(number)s không còn ở tình trạng đang soạn."),
        Refusal.NOT_IN_REVIEW.value: _l("Câu %(number)s không còn chờ duyệt. Tải lại trang để xem."),
        Refusal.NOT_RETIRED.value: _l("Câu %(number)s không ở tình trạng ngừng dùng."),
        Refusal.IS_RETIRED.value: _l("Câu %(number)s đã ngừng dùng. Cho dùng lại trước khi làm việc khác."),
        Refusal.OWN_WORK.value: _l(
            "Người soạn không tự duyệt câu của mình: cần một người khác, hoặc bật quyền tự duyệt ở ngân hàng."
        ),
        "question_changed": _l(
            "Có người vừa sửa câu này. Tải lại trang để xem bản mới, rồi sửa trên bản đó."
        ),
        "same_question": _l("Câu %(number)s trong ngân hàng đã giống hệt: cùng nội dung, cùng đáp án."),
        "same_wording": _l(
            "Câu %(number)s trong ngân hàng cùng nội dung nhưng khác đáp án. Sửa câu đó trước."
        ),
        Fault.NO_TEXT.value: _l("Chưa có nội dung câu hỏi."),
        Fault.TOO_LONG.value: _l("Nội dung hoặc phương án quá dài."),
        Fault.TOO_FEW_CHOICES.value: _l("Cần ít nhất hai phương án."),
        Fault.TOO_MANY_CHOICES.value: _l("Nhiều nhất tám phương án."),
        Fault.EMPTY_CHOICE.value: _l("Có phương án để trống. Điền nội dung hoặc xóa phương án đó."),
        Fault.SAME_CHOICES.value: _l("Hai phương án giống nhau. Sửa hoặc xóa một phương án."),
        Fault.NO_KEY.value: _l("Chưa chọn đáp án đúng."),
        Fault.SEVERAL_KEYS.value: _l("Câu một đáp án chỉ được chọn một phương án đúng."),
        Fault.PICTURE.value: _l(
            "Có hình không lưu được. Dùng PNG hoặc JPEG, dưới 2 MB, nhiều nhất 8 hình một câu."
        ),
    }
)


def key_words(key_from: str) -> str:
    """How the key was found."""
    return str(_KEY_FROM.get(key_from, key_from))
