"""Word documents of the corpus, one for each way of typing questions that only Word has."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor

from tests.support.word import PIXEL, Line, add_line, add_lists, add_table, in_list, make_docx, with_member

_TWO = (
    "Câu 1. Chim nào bơi giỏi?",
    "A. Chim sẻ",
    "B. Chim cánh cụt",
    "C. Đại bàng",
    "Câu 2. Chim nào bay xa?",
)
_MORE = ("A. Nhạn Bắc Cực", "B. Gà", "C. Đà điểu")


def _marked(look: str, *, letter_only: bool = False) -> bytes:
    """Two questions whose keys, B and A, are told apart by their look alone."""
    right: Line = [("B", look), ". Chim cánh cụt"] if letter_only else [("B. Chim cánh cụt", look)]
    other: Line = [("A", look), ". Nhạn Bắc Cực"] if letter_only else [("A. Nhạn Bắc Cực", look)]
    return make_docx([*_TWO[:2], right, *_TWO[3:], other, *_MORE[1:]])


def _changed(change: Callable[[Any], None], lines: Sequence[Line] = ()) -> bytes:
    return make_docx(lines, change)


def _automatic(document: Any) -> None:
    add_lists(document, [("decimal", "Câu %1."), ("upperLetter", "%2.")])
    for stem, texts, right in (
        ("Mưa đá rơi từ đâu?", ("Mây", "Sông", "Đất"), 0),
        ("Sương muối có vào mùa nào?", ("Mùa hè", "Mùa đông", "Mùa thu"), 1),
    ):
        in_list(document.add_paragraph(stem), 101)
        for index, text in enumerate(texts):
            line: Line = [(text, "bold")] if index == right else text
            in_list(add_line(document.add_paragraph(), line), 101, 1)


def _automatic_letters(document: Any) -> None:
    add_lists(document, [("lowerLetter", "%1)")], lists=2, restart=True)
    for number, (stem, texts) in enumerate(
        (("Quả nào có múi?", ("Bưởi", "Chuối", "Na")), ("Quả nào có gai?", ("Mận", "Đào", "Mít")))
    ):
        document.add_paragraph(f"{number + 1}) {stem}")
        for text in texts:
            in_list(document.add_paragraph(text), 101 + number)
        document.add_paragraph(f"Đáp án: {'ac'[number]}")


def _letters_as_numbers(document: Any) -> None:
    add_lists(document, [("decimal", "%1.")], lists=2, restart=True)
    for number, texts in enumerate((("Bếp lửa", "Sàn nhà"), ("Cầu thang", "Mái nhà")), start=1):
        document.add_paragraph(f"Câu {number}: Nơi nào trong nhà sàn thứ {number} được kể?")
        for text in texts:
            in_list(document.add_paragraph(text), 100 + number)
        document.add_paragraph("Đáp án: 2")


def _styles(document: Any) -> None:
    strong = document.styles.add_style("ĐápÁn", WD_STYLE_TYPE.CHARACTER)
    strong.font.bold = True
    red = document.styles.add_style("Dòng đúng", WD_STYLE_TYPE.PARAGRAPH)
    red.font.color.rgb = RGBColor(0xFF, 0, 0)
    document.add_paragraph("Câu 1. Sợi nào từ con tằm?")
    document.add_paragraph("A. Sợi lanh")
    add_line(document.add_paragraph(), [("B. Sợi tơ", "ĐápÁn")])
    document.add_paragraph("Câu 2. Sợi nào từ cây?")
    document.add_paragraph("A. Sợi lanh", style="Dòng đúng")
    document.add_paragraph("B. Sợi tơ")


def _key_table(rows: Sequence[Sequence[Line]], count: int = 4) -> bytes:
    lines = [
        line
        for number in range(1, count + 1)
        for line in (
            f"Câu {number}. Số {number} cộng {number} bằng mấy?",
            f"A. {2 * number}",
            f"B. {2 * number + 1}",
        )
    ]
    return make_docx([*lines, "BẢNG ĐÁP ÁN"], lambda document: add_table(document, rows))


def _parts(document: Any) -> None:
    """Three parts whose numbers restart; each has its own list of answers."""
    for part, (title, right) in enumerate(
        (("PHẦN I. CHỢ PHIÊN", "AB"), ("PHẦN II. ĐÁM CƯỚI", "BA")), start=1
    ):
        add_line(document.add_paragraph(), [(title, "bold")])
        for number in (1, 2):
            for line in (
                f"Câu {number}. Việc thứ {number} của phần {part} là gì?",
                f"A. Việc {part}.{number}",
                "B. Không rõ",
            ):
                document.add_paragraph(line)
        add_table(document, [["Câu", "1", "2"], ["Đáp án", *right]])


def _choices_in_table(document: Any) -> None:
    add_table(document, [["A. Suối", "B. Sông"], ["C. Hồ", "D. Biển"]])
    document.add_paragraph("Đáp án: D")
    document.add_paragraph("Câu 2. Nước nào ngọt?")
    add_table(document, [["A", "Nước biển"], ["B", "Nước suối"]])
    document.add_paragraph("Đáp án: B")


def _questions_in_table(document: Any) -> None:
    add_table(
        document,
        [
            ["STT", "Nội dung câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án", "Nguồn"],
            ["1", "Nhà rông của ai?", "Ba Na", "Kinh", "Hoa", "A", "Sổ tay"],
            ["2", "Nhà sàn dài của ai?", "Thái", "Ê Đê", "Dao", "B", ""],
        ],
    )


def _cells_with_choices(document: Any) -> None:
    add_table(
        document,
        [
            ["TT", "Câu hỏi", "Đáp án"],
            ["1", "Bánh nào tròn?\nA. Bánh chưng\nB. Bánh dày", "B"],
            ["2", "Bánh nào vuông?\nA. Bánh chưng\nB. Bánh dày", "A"],
        ],
    )


def _pictures(document: Any) -> None:
    document.add_paragraph("Câu 1. Hình nào là chấm đỏ?").add_run().add_picture(io.BytesIO(PIXEL))
    document.add_paragraph("A. ").add_run().add_picture(io.BytesIO(PIXEL))
    document.add_paragraph("B. Không có hình")
    document.add_paragraph("Đáp án: A")


def _tracked(document: Any) -> None:
    paragraph = document.add_paragraph("A. ")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Sáu</w:delText></w:r></w:del>"))
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>Bảy</w:t></w:r></w:ins>"))
    document.add_paragraph("B. Tám")
    document.add_paragraph("Đáp án: A")


def _equation(document: Any) -> None:
    math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    paragraph = document.add_paragraph("Câu 1. Kết quả của ")
    paragraph._p.append(parse_xml(f"<m:oMath {math}><m:r><m:t>x+1</m:t></m:r></m:oMath>"))
    paragraph.add_run(" khi x = 1 là mấy?")
    for line in ("A. 1", "B. 2", "Đáp án: B"):
        document.add_paragraph(line)


def _sources(document: Any) -> None:
    add_table(document, [["Câu", "1", "2"], ["Đáp án", "A", "B"]])
    for line in ("NGUỒN THAM KHẢO", "[1] Sổ tay nghề rèn, trang 4", "[2] Sổ tay nghề rèn, trang 9"):
        document.add_paragraph(line)


def _no_letters(document: Any) -> None:
    """Blocks without letters and numbers, the right choice first, as one program exports them."""
    for number, (stem, texts) in enumerate(
        (
            ("Cối giã gạo chạy bằng gì?", ("Sức nước", "Sức gió", "Điện")),
            ("Guồng nước để làm gì?", ("Tưới ruộng", "Dệt vải")),
        ),
        start=1,
    ):
        document.add_paragraph(f"Câu {number}. {stem}")
        for index, text in enumerate(texts):
            add_line(document.add_paragraph(), [(text, "bold")] if not index else text)


def _headings(document: Any) -> None:
    """Topics as headings of the document's own style."""
    for title, stem, right, wrong in (
        ("Nghề đan", "Gùi đan bằng gì?", "Mây", "Sắt"),
        ("Nghề giấy", "Giấy dó làm từ gì?", "Vỏ cây dó", "Đá"),
    ):
        document.add_heading(title, level=1)
        for line in (f"Câu {1 + (title != 'Nghề đan')}. {stem}", f"A. {right}", f"B. {wrong}", "Đáp án: A"):
            document.add_paragraph(line)


_QUESTION = ("Câu 1. Nước nào lớn?", "A. Hồ", "B. Biển")
FILES: dict[str, Callable[[], bytes]] = {
    "dap-an-in-dam.docx": lambda: _marked("bold"),
    "dap-an-nghieng.docx": lambda: _marked("italic"),
    "dap-an-gach-chan.docx": lambda: _marked("underline"),
    "dap-an-mau-chu.docx": lambda: _marked("red"),
    "dap-an-to-nen.docx": lambda: _marked("yellow"),
    "dap-an-chu-cai-dam.docx": lambda: _marked("bold", letter_only=True),
    "dap-an-theo-kieu.docx": lambda: _changed(_styles),
    "danh-so-tu-dong.docx": lambda: _changed(_automatic),
    "chu-cai-tu-dong.docx": lambda: _changed(_automatic_letters),
    "chu-cai-thanh-so.docx": lambda: _changed(_letters_as_numbers),
    "khong-chu-cai.docx": lambda: _changed(_no_letters),
    "bang-hai-hang.docx": lambda: _key_table([["Câu", "1", "2", "3", "4"], ["Đáp án", "A", "A", "B", "A"]]),
    "bang-hai-cot.docx": lambda: _key_table(
        [["Câu", "Đáp án"], *([str(n), "ABAB"[n - 1]] for n in range(1, 5))]
    ),
    "bang-tung-o.docx": lambda: _key_table([["1-B", "2-A"], ["3-A", "4-B"]]),
    "bang-chia-hai.docx": lambda: _key_table(
        [["Câu", "ĐA", "Câu", "ĐA"], ["1", "B", "3", "A"], ["2", "B", "4", "A"]]
    ),
    "bang-giai-thich.docx": lambda: _key_table(
        [["STT", "Đáp án", "Giải thích"], ["1", "A", "1 + 1 = 2"], ["2", "A", ""]], count=2
    ),
    "nhieu-phan.docx": lambda: _changed(_parts),
    "phuong-an-trong-bang.docx": lambda: _changed(_choices_in_table, ["Câu 1. Nước nào mặn?"]),
    "cau-hoi-trong-bang.docx": lambda: _changed(_questions_in_table),
    "phuong-an-trong-o.docx": lambda: _changed(_cells_with_choices),
    "chu-de-la-tieu-de.docx": lambda: _changed(_headings),
    "mot-doan-nhieu-dong.docx": lambda: make_docx(
        [["Câu 1. Củ nào cay?\nA. Củ đậu\n", ("B. Củ gừng", "bold"), "\nC. Củ từ"]]
    ),
    "hinh-anh.docx": lambda: _changed(_pictures),
    "sua-doi-theo-doi.docx": lambda: _changed(_tracked, ["Câu 1. Một tuần có mấy ngày?"]),
    "cong-thuc.docx": lambda: _changed(_equation),
    "so-mu.docx": lambda: make_docx(
        ["Câu 1. Đơn vị diện tích?", ["A. m", ("2", "raised")], "B. m", "Đáp án: A"]
    ),
    "nguon-o-cuoi.docx": lambda: _changed(
        _sources, ["Câu 1. Rèn cần gì?", "A. Than", "B. Muối", "Câu 2. Đe làm bằng gì?", "A. Gỗ", "B. Sắt"]
    ),
    "phong-vni-tcvn3.docx": lambda: make_docx(
        [
            "Caâu 1. Chôï Ñoàng Vaên hoïp ngaøy naøo?",
            "A. Chuû nhaät",
            "B. Thöù ba",
            "Ñaùp aùn: A",
            "C©u 2. Phè cæ Héi An thuéc tØnh nµo tr­íc ®©y?",
            "A. Qu¶ng TrÞ",
            "B. Qu¶ng Nam",
            "§¸p ¸n: B",
        ]
    ),
    "loi-hai-phuong-an-dam.docx": lambda: make_docx(
        [_QUESTION[0], [(_QUESTION[1], "bold")], [(_QUESTION[2], "bold")], "C. Ao"]
    ),
    "loi-dam-va-do.docx": lambda: make_docx(
        [_QUESTION[0], [(_QUESTION[1], "bold")], [(_QUESTION[2], "red")], "C. Ao"]
    ),
    "loi-dam-khac-dong-dap-an.docx": lambda: make_docx(
        [_QUESTION[0], [(_QUESTION[1], "bold")], _QUESTION[2], "C. Ao", "Đáp án: B"]
    ),
    "loi-khong-dau-dap-an.docx": lambda: make_docx([*_QUESTION, "C. Ao"]),
    "loi-chi-mot-chu-dam.docx": lambda: make_docx(
        [_QUESTION[0], _QUESTION[1], ["B. Bi", ("ể", "bold"), "n"], "C. Ao"]
    ),
    "loi-chu-hong.docx": lambda: make_docx(
        ['&kX 1~Q QjR VDX ÿk\\ Oj ÿӓQK FDR QKҩW" ӣ WӍQK /jR &DL', "A. 3KDQ ;L 3ăQJ", "B. %ҥFK 0ӝF"]
    ),
    "loi-thuc-the.docx": lambda: with_member(
        make_docx([*_QUESTION, "Đáp án: B"]),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1),
    ),
}
