"""Zipped packages of the corpus, and files that are refused before any reader sees them."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from tests.support.qti import item, item_2
from tests.support.shapes.tables import XLSX
from tests.support.word import PIXEL, make_docx

_CHOICES = (
    '<simpleChoice identifier="A">Ruộng</simpleChoice><simpleChoice identifier="B">Nương</simpleChoice>'
)


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """A zip file with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _manifest(*hrefs: str, kind: str = "imsqti_item_xmlv2p1") -> str:
    resources = "".join(
        f'<resource identifier="r{n}" type="{kind}" href="{href}"><file href="{href}"/></resource>'
        for n, href in enumerate(hrefs)
    )
    return (
        '<?xml version="1.0"?><manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<resources>{resources}</resources></manifest>"
    )


def _item(text: str, ident: str, *, picture: str = "") -> str:
    shown = f'<img src="{picture}" alt="chấm đỏ"/>' if picture else ""
    return item_2(body=f"<p>{text}{shown}</p>", choices=_CHOICES, ident=ident)


def _package(folder: str = "") -> dict[str, bytes | str]:
    return {
        f"{folder}imsmanifest.xml": _manifest("items/q2.xml", "items/q1.xml"),
        f"{folder}items/q1.xml": _item("Lúa nương trồng ở đâu?", "q1"),
        f"{folder}items/q2.xml": _item("Ngô nương trồng ở đâu?", "q2", picture="../pictures/a.png"),
        f"{folder}pictures/a.png": PIXEL,
    }


def _macos() -> bytes:
    junk = {
        "__MACOSX/._imsmanifest.xml": b"\x00\x05\x16",
        "goi/.DS_Store": b"\x00",
        "goi/items/._q1.xml": b"\x00\x05",
    }
    return zipped({**_package("goi/"), **junk})


def _cartridge() -> bytes:
    section = f'<assessment title="Nghề nương"><section>{item()}</section></assessment>'
    quiz = f"<questestinterop>{section}</questestinterop>"
    return zipped(
        {
            "imsmanifest.xml": _manifest(
                "i1/assessment_qti.xml", kind="imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
            ),
            "i1/assessment_qti.xml": quiz,
            "non_cc_assessments/i1.xml.qti": quiz,
            "web_resources/ghi-chu.txt": "Không phải câu hỏi.",
        }
    )


def _locked() -> bytes:
    data = bytearray(XLSX["chuan.xlsx"]())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)


def _bomb() -> bytes:
    return zipped({"xl/workbook.xml": bytes(30 * 1024 * 1024)})


def _pdf() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def _old_word() -> bytes:
    """The head of a .doc file: a compound file with a stream WordDocument."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HH", 0x3E, 3) + bytes(484)
    return head + "WordDocument".encode("utf-16-le") + bytes(1000)


PACKAGES: dict[str, Callable[[], bytes]] = {
    "qti21.zip": lambda: zipped(_package()),
    "sau-mot-thu-muc.zip": lambda: zipped(_package("goi-cau-hoi/de-1/")),
    "rac-macos.zip": _macos,
    "common-cartridge.imscc": _cartridge,
    "qti12.zip": lambda: zipped(
        {
            "imsmanifest.xml": _manifest("de.xml", kind="imsqti_xmlv1p2"),
            "de.xml": f"<questestinterop>{item()}</questestinterop>",
        }
    ),
    "loi-mot-cau-hong.zip": lambda: zipped(
        {"a.xml": _item("Hỏng?", "a")[:-30], "b.xml": _item("Còn nguyên?", "b")}
    ),
    "loi-thieu-hinh.zip": lambda: zipped({"a.xml": _item("Hình nào?", "a", picture="mat.png")}),
    "loi-duong-dan-ra-ngoai.zip": lambda: zipped(
        {
            "a.xml": _item("Hình nào?", "a", picture="../../../etc/passwd"),
            "../../ngoai.xml": _item("Ở ngoài?", "b"),
        }
    ),
}
REFUSED: dict[str, Callable[[], bytes]] = {
    "mat-khau.xlsx": _locked,
    "bom-nen.xlsx": _bomb,
    "nua-tep.xlsx": lambda: XLSX["chuan.xlsx"]()[:3000],
    "anh-mang-ten.xlsx": lambda: PIXEL,
    "van-ban.pdf": _pdf,
    "word-cu.doc": _old_word,
    "word-cu-mang-ten.docx": _old_word,
    "word-mang-ten.xlsx": lambda: make_docx(["Câu 1. Thủ đô?", "A. Huế", "B. Hà Nội", "Đáp án: B"]),
    "nhi-phan.txt": lambda: bytes(range(256)) * 8,
}
