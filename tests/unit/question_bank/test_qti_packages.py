"""Zipped packages and Common Cartridges of QTI items."""

import io
import zipfile

import pytest

from question_bank.reading import read
from tests.support.qti import item, item_2
from tests.support.questions import codes, key_line
from tests.support.word import PIXEL


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def manifest(*hrefs):
    resources = "".join(f'<resource identifier="r{n}" href="{href}"/>' for n, href in enumerate(hrefs))
    return f"<manifest xmlns='http://www.imsglobal.org/xsd/imscp_v1p1'><resources>{resources}</resources></manifest>"


@pytest.mark.parametrize("folder", ["", "gói/", "a/b/"])
def test_a_package_in_the_order_of_its_manifest(folder):
    data = zipped(
        {
            f"{folder}imsmanifest.xml": manifest("items/q2.xml", "items/q1.xml"),
            f"{folder}items/q1.xml": item_2(body="<p>Hai?</p>"),
            f"{folder}items/q2.xml": item_2(body='<p>Một? <img src="../pic/a.png" alt="hình"/></p>'),
            f"{folder}pic/a.png": PIXEL,
            "__MACOSX/items/._q1.xml": b"\x00\x05\x16",
            f"{folder}items/._q1.xml": b"\x00\x05\x16",
        }
    )
    report = read(data, "goi.zip")
    assert report.format == "package"
    assert [question.text for question in report.questions] == ["Một?\nChọn một.", "Hai?\nChọn một."]
    assert report.questions[0].images[0].data == PIXEL
    assert codes(report) == []


def test_a_cartridge_that_stores_its_quiz_twice():
    section = f"<assessment title='Đại hội'><section>{item()}</section></assessment>"
    quiz = f"<questestinterop>{section}</questestinterop>"
    data = zipped(
        {
            "imsmanifest.xml": manifest("i1/assessment_qti.xml"),
            "i1/assessment_qti.xml": quiz,
            "non_cc/i1.xml.qti": quiz,
        }
    )
    report = read(data, "khoa-hoc.imscc")
    assert key_line(report) == "1B"
    assert report.questions[0].topic == "Đại hội"
    assert codes(report) == ["same-item-again"]


def test_a_broken_member_does_not_spoil_the_others():
    data = zipped({"a.xml": item_2()[:-20], "b.xml": item_2()})
    report = read(data, "goi.zip")
    assert key_line(report) == "1B"
    assert codes(report) == ["item-unreadable"]


def test_unsafe_members_refuse_the_package():
    attack = item_2().replace("<assessmentItem", '<!DOCTYPE a [<!ENTITY e "x">]><assessmentItem', 1)
    assert codes(read(zipped({"a.xml": attack}), "goi.zip")) == ["unsafe-xml"]


def test_names_that_climb_out_of_the_package_find_nothing():
    body = '<p>Một? <img src="../../../../etc/passwd"/></p>'
    report = read(zipped({"a.xml": item_2(body=body), "../../evil.xml": item_2()}), "goi.zip")
    assert codes(report) == ["picture-missing"]


def test_a_zip_without_questions():
    assert codes(read(zipped({"a.txt": "x"}), "goi.zip")) == ["not-what-it-says"]
    assert codes(read(zipped({"imsmanifest.xml": manifest()}), "goi.zip")) == ["no-questions"]
