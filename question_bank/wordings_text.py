"""The words of problems in typed text, Word files and the files of other quiz programs."""

from __future__ import annotations

from question_bank.wordings import ERROR, WARNING, Wording

TEXT_WORDINGS: dict[str, Wording] = {
    # Letters of the choices
    "same-letter": Wording(
        ERROR,
        "Câu {number}: hai phương án cùng mang chữ {letter}.",
        "Đổi chữ {letter} thứ hai thành {next}.",
    ),
    "letter-gap": Wording(
        ERROR,
        "Câu {number}: chờ phương án {expected} nhưng gặp phương án {found}.",
        "Ghi chữ cái cho mọi phương án, theo thứ tự A, B, C, D.",
    ),
    "letters-restart": Wording(
        ERROR,
        "Câu {number}: sau phương án {last} lại đến phương án A, có thể hai câu bị dính vào nhau.",
        "Thêm dòng “Câu …” trước câu tiếp theo.",
    ),
    "letters-without-question": Wording(
        ERROR,
        "Có các phương án A, B nhưng phía trên không có dòng câu hỏi được đánh số.",
        "Thêm “Câu …” và nội dung câu hỏi phía trên phương án A.",
    ),
    "unlettered-choices": Wording(
        WARNING,
        "Câu {number}: {count} phương án không có chữ cái A, B, C nên được hiểu theo thứ tự dòng.",
        "Kiểm tra lại, hoặc ghi chữ cái đầu mỗi phương án.",
    ),
    # The key
    "several-marked": Wording(
        ERROR,
        "Câu {number}: {count} phương án cùng được {how} ({readings}), không rõ đáp án nào đúng.",
        "Chỉ để một phương án có định dạng ấy; nếu câu có nhiều đáp án, thêm dòng “Đáp án: {readings}”.",
    ),
    "several-ticked": Wording(
        WARNING,
        "Câu {number} có {count} phương án được đánh dấu đúng ({readings}).",
        "Nếu câu chỉ có một đáp án đúng, xóa các dấu thừa.",
    ),
    "looks-differ": Wording(
        WARNING,
        "Câu {number}: phương án {readings} được {how} nhưng đáp án ghi là {key}; lấy theo đáp án ghi.",
        "Kiểm tra lại, rồi bỏ định dạng ở phương án không đúng.",
    ),
    "key-without-question": Wording(
        WARNING,
        "Bảng đáp án có câu {listed} nhưng trong tệp không có câu này.",
        "Kiểm tra số thứ tự trong bảng đáp án.",
    ),
    "key-part-unclear": Wording(
        ERROR,
        "Câu {number}: số câu này có ở nhiều phần nên không rõ bảng đáp án nói về phần nào.",
        "Đặt bảng đáp án ngay sau từng phần, hoặc ghi tên phần phía trên bảng.",
    ),
    "letters-in-key-run": Wording(
        ERROR,
        "Câu {number}: bảng đáp án ghi “{key}”, không phải chữ cái của phương án nào (có {choices}).",
        "Sửa đáp án của câu này trong bảng.",
    ),
    # Numbers of the questions
    "number-twice": Wording(
        WARNING,
        "Số câu {number} xuất hiện hai lần.",
        "Đánh số lại để tra bảng đáp án không bị nhầm.",
    ),
    "number-gap": Wording(
        WARNING,
        "Sau câu {before} là câu {number}.",
        "Kiểm tra xem có câu nào bị mất hoặc không được nhận ra.",
    ),
    "list-in-stem": Wording(
        WARNING,
        "Câu {number}: các dòng đánh số phía trên phương án được hiểu là một phần của nội dung câu hỏi.",
        "Nếu đó là câu hỏi riêng, ghi “Câu …” ở đầu dòng.",
    ),
    "choice-goes-on": Wording(
        WARNING,
        "Câu {number}: dòng “{text}” được nối vào phương án {letter} ở ngay phía trên.",
        "Nếu dòng này là tiêu đề hoặc câu hỏi riêng, để một dòng trống phía trên rồi tải lại.",
    ),
    # Words
    "stray-text": Wording(
        WARNING,
        "Bỏ qua đoạn không thuộc câu nào: “{text}”.",
        "Nếu đoạn này thuộc câu phía trên, nối liền vào câu đó.",
    ),
    "editing-note": Wording(
        WARNING,
        "Câu {number}: có ghi chú biên tập lẫn trong nội dung: “{text}”.",
        "Bỏ ghi chú nếu không cần.",
    ),
    "watermark": Wording(
        WARNING,
        "Câu {number}: có lẽ tên trang hoặc tiêu đề dính vào phương án {letter}: “{text}”.",
        "Xóa phần thừa ở cuối phương án.",
    ),
    "broken-word": Wording(
        WARNING,
        "Câu {number}: có chữ bị tách rời: “{text}”.",
        "Nối liền lại thành một chữ.",
    ),
    "old-font": Wording(
        WARNING,
        "{count} dòng gõ bằng phông chữ cũ ({script}) đã được chuyển sang Unicode.",
        "Đọc lại các câu này trước khi nhập.",
    ),
    "old-font-question": Wording(
        WARNING,
        "Câu {number}: {count} dòng gõ bằng phông chữ cũ ({script}) đã được chuyển: "
        "“{before}” thành “{after}”.",
        "Đọc lại câu này; nếu chữ vốn đã đúng thì giữ nguyên như đã gõ.",
    ),
    "references-unused": Wording(
        WARNING,
        "Danh mục nguồn không khớp số thứ tự các câu nên không được gắn vào câu nào.",
        "Ghi “Nguồn: …” ngay dưới từng câu.",
    ),
    # Word files
    "equation": Wording(
        WARNING,
        "Có công thức toán, chỉ đọc được phần chữ.",
        "Kiểm tra lại công thức, hoặc thay bằng hình ảnh.",
    ),
    "broken-characters": Wording(
        ERROR,
        "Không đọc được chữ: bảng ký tự bị hỏng, thường do chép từ tệp PDF.",
        "Gõ lại, hoặc chuyển từ tệp Word gốc thay vì từ PDF.",
    ),
    # GIFT, Moodle XML, QTI
    "bad-syntax": Wording(
        ERROR,
        "Câu {number}: sai cú pháp, {why}.",
        "Sửa lại theo tài liệu của định dạng, hoặc xuất lại từ phần mềm gốc.",
    ),
    "several-right": Wording(
        WARNING,
        "Câu {number} có {count} đáp án đúng; được nhập thành câu chọn nhiều đáp án.",
        "Nếu chỉ cần chọn một trong các đáp án đó, bỏ bớt đáp án đúng.",
    ),
    "bad-weight": Wording(
        ERROR,
        "Câu {number}: tỷ lệ điểm của phương án nằm ngoài khoảng từ -100 đến 100 %.",
        "Sửa lại tỷ lệ điểm.",
    ),
    "weights-odd": Wording(
        WARNING,
        "Câu {number}: tỷ lệ điểm của các đáp án đúng cộng lại là {sum} %, không phải 100 %.",
        "Kiểm tra lại tỷ lệ điểm.",
    ),
    "key-points-nowhere": Wording(
        ERROR,
        "Câu {number}: đáp án trỏ tới phương án “{key}” không có trong câu.",
        "Sửa đáp án trong phần mềm gốc rồi xuất lại.",
    ),
    "item-unreadable": Wording(
        ERROR,
        "Không đọc được tệp con “{name}” trong gói.",
        "Xuất lại gói từ phần mềm gốc.",
    ),
    "same-item-again": Wording(
        WARNING,
        "Câu {number} có nhiều bản giống hệt nhau trong gói, chỉ đọc một bản.",
        "Không cần làm gì.",
    ),
}
