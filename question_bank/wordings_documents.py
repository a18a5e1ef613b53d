"""The words of problems with documents: texts that are split into passages."""

from __future__ import annotations

from question_bank.wordings import ERROR, WARNING, Wording

DOCUMENT_WORDINGS: dict[str, Wording] = {
    "document-empty": Wording(
        ERROR, "Tệp không có chữ nào.", "Chọn lại đúng tệp văn bản: Word (.docx), .txt hoặc PDF có chữ."
    ),
    "document-unknown": Wording(
        ERROR,
        "Không đọc được “{name}” như một văn bản: nội dung là {found}.",
        "Dùng Word (.docx), .txt hoặc PDF có chữ; tệp .doc cũ thì mở bằng Word rồi lưu thành .docx.",
    ),
    "document-too-long": Wording(
        ERROR,
        "Văn bản dài {count} đoạn, vượt giới hạn {limit} đoạn.",
        "Chia văn bản thành nhiều phần rồi tải từng phần.",
    ),
    "pdf-too-many-pages": Wording(
        ERROR,
        "Tệp PDF có {count} trang, vượt giới hạn {limit} trang.",
        "Chia tệp thành nhiều phần, hoặc dùng tệp Word gốc.",
    ),
    "pdf-without-text": Wording(
        ERROR,
        "Tệp PDF không có chữ, chỉ có hình chụp các trang.",
        "Dùng tệp Word gốc, hoặc chuyển ảnh thành chữ (nhận dạng ký tự), đọc lại kỹ rồi tải lên.",
    ),
    "pdf-broken-characters": Wording(
        ERROR,
        "Tệp PDF có chữ nhưng bảng ký tự bị hỏng: máy không biết đó là chữ gì.",
        "Dùng tệp Word gốc; nếu không còn, in ra PDF lại bằng phần mềm khác.",
    ),
    "pdf-took-too-long": Wording(
        ERROR,
        "Tệp PDF quá phức tạp nên việc đọc bị dừng để giữ an toàn cho máy chủ.",
        "Dùng tệp Word gốc, hoặc in ra PDF lại với ít hình vẽ hơn.",
    ),
    "pdf-pages-without-text": Wording(
        WARNING,
        "{count} trang của tệp PDF không có chữ (có thể là ảnh chụp): {pages}.",
        "Đối chiếu với bản gốc; nếu thiếu nội dung thì dùng tệp Word.",
    ),
    "pdf-lines-joined": Wording(
        WARNING,
        "PDF không ghi chỗ hết đoạn; các dòng đã được nối lại theo dấu câu và độ dài dòng.",
        "Xem lại chỗ chia đoạn; có tệp Word gốc thì nên dùng tệp Word.",
    ),
    "document-pictures": Wording(
        WARNING,
        "Văn bản có {count} hình ảnh; chỉ phần chữ được giữ.",
        "Xem hình có nội dung cần học không.",
    ),
    "document-tables": Wording(
        WARNING,
        "Văn bản có {count} bảng; mỗi dòng của bảng thành một dòng chữ.",
        "Xem lại các dòng này, hoặc viết bảng thành lời.",
    ),
    "document-no-headings": Wording(
        WARNING,
        "Không nhận ra đề mục nào trong văn bản.",
        "Dùng kiểu Heading trong Word, hoặc ghi “I.”, “Điều 1.”, “# Tên mục” ở đầu mục.",
    ),
}
