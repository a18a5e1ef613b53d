"""QTI as Canvas, Respondus, Blackboard, Common Cartridge and tools of QTI 2 and 3 write it; packages."""

import io
import zipfile

import pytest

from question_bank.reading import read
from question_bank.values import Kind
from tests.support.questions import codes, key_line
from tests.support.word import PIXEL

CHOICES = (("a1", "Huế"), ("b2", "Hà Nội"), ("c3", "Vinh"))
RIGHT_IS_B = (
    '<respcondition continue="No"><conditionvar><varequal respident="R">b2</varequal></conditionvar>'
    '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
)


def labels(choices=CHOICES, form=' texttype="text/html"'):
    return "".join(
        f'<response_label ident="{ident}"><material><mattext{form}>{text}</mattext></material>'
        "</response_label>"
        for ident, text in choices
    )


def item(
    processing=RIGHT_IS_B,
    *,
    text="Thủ đô?",
    cardinality="Single",
    fields=(),
    inside=None,
    more="",
    ident="i1",
):
    inside = inside if inside is not None else labels()
    metadata = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in fields
    )
    return (
        f'<item ident="{ident}" title="Câu hỏi"><itemmetadata><qtimetadata>{metadata}'
        "</qtimetadata></itemmetadata>"
        f'<presentation><material><mattext texttype="text/html">{text}</mattext></material>'
        f'<response_lid ident="R" rcardinality="{cardinality}"><render_choice>{inside}</render_choice>'
        f"</response_lid></presentation><resprocessing>{processing}</resprocessing>{more}</item>"
    )


def read_12(*items, title="Đại hội"):
    xml = (
        '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
        f'<assessment title="{title}"><section>{"".join(items)}</section></assessment></questestinterop>'
    )
    return read(xml.encode(), "de.xml")


@pytest.mark.parametrize(
    "processing",
    [
        RIGHT_IS_B,
        # Blackboard
        '<respcondition title="correct"><conditionvar><varequal respident="R">b2</varequal></conditionvar>'
        '<setvar variablename="SCORE" action="Set">SCORE.max</setvar>'
        '<displayfeedback linkrefid="correct" feedbacktype="Response"/></respcondition>'
        '<respcondition title="incorrect"><conditionvar><other/></conditionvar>'
        '<setvar variablename="SCORE" action="Set">0</setvar><displayfeedback linkrefid="incorrect"/>'
        "</respcondition>",
        # Only a link to the feedback "correct"
        '<respcondition><conditionvar><varequal respident="R">b2</varequal></conditionvar>'
        '<displayfeedback linkrefid="Correct"/></respcondition>',
        # Respondus: a condition for each choice
        "".join(
            f'<respcondition><conditionvar><varequal respident="R">{ident}</varequal></conditionvar>'
            f'<setvar varname="Respondus_Correct" action="Add">{100 if ident == "b2" else 0}</setvar>'
            "</respcondition>"
            for ident, _ in CHOICES
        ),
    ],
)
def test_keys_of_three_programs(processing):
    report = read_12(item(processing))
    assert report.format == "qti12"
    assert key_line(report) == "1B"
    assert [choice.text for choice in report.questions[0].choices] == ["Huế", "Hà Nội", "Vinh"]
    assert report.questions[0].place == "item 1 “Câu hỏi”"
    assert codes(report) == []


def test_several_answers_of_canvas():
    processing = (
        '<respcondition continue="No"><conditionvar><and><varequal respident="R">a1</varequal>'
        '<varequal respident="R">b2</varequal><not><varequal respident="R">c3</varequal></not></and>'
        "</conditionvar>"
        '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
    )
    fields = [("question_type", "multiple_answers_question"), ("points_possible", "1")]
    report = read_12(item(processing, cardinality="Multiple", fields=fields))
    assert key_line(report) == "1AB"
    assert report.questions[0].kind is Kind.MULTIPLE


def test_feedback_for_choices_and_for_all():
    processing = (
        '<respcondition continue="Yes"><conditionvar><other/></conditionvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>'
        '<respcondition continue="Yes"><conditionvar><varequal respident="R">a1</varequal></conditionvar>'
        '<displayfeedback feedbacktype="Response" linkrefid="a1_fb"/></respcondition>' + RIGHT_IS_B
    )
    feedback = "".join(
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext texttype="text/html">{text}</mattext>'
        "</material></flow_mat></itemfeedback>"
        for ident, text in (("general_fb", "&lt;p&gt;Theo Hiến pháp&lt;/p&gt;"), ("a1_fb", "cố đô"))
    )
    only = read_12(item(processing, more=feedback)).questions[0]
    assert only.explanation == "Theo Hiến pháp"
    assert [choice.feedback for choice in only.choices] == ["cố đô", None, None]


def test_text_that_looks_like_tags():
    html = read_12(item(text="&lt;p&gt;5 &amp;lt; 6?&lt;/p&gt;")).questions[0]
    assert html.text == "5 < 6?"
    plain = read_12(
        item(inside=labels((("a1", "&lt;b&gt;"), ("b2", "&lt;i&gt;")), ' texttype="text/plain"'))
    ).questions[0]
    assert [choice.text for choice in plain.choices] == ["<b>", "<i>"]


@pytest.mark.parametrize(
    "made,code",
    [
        (item(RIGHT_IS_B.replace("b2", "z9")), "key-points-nowhere"),
        (item(""), "no-key"),
        (item(inside=labels((("a1", "Huế"), ("b2", "")))), "empty-choice"),
        (item(RIGHT_IS_B + RIGHT_IS_B.replace("b2", "a1")), "several-right"),
        (
            item(RIGHT_IS_B + RIGHT_IS_B.replace("b2", "a1").replace(">100<", ">SCORE.max<")),
            "two-keys",
        ),
    ],
)
def test_problems_of_12(made, code):
    assert codes(read_12(made))[0] == code


def test_other_kinds_of_12_are_counted():
    essay = '<item ident="e"><presentation><response_str ident="R"/></presentation></item>'
    matching = item(fields=[("question_type", "matching_question")], ident="m")
    cartridge = item(fields=[("cc_profile", "cc.essay.v0p1")], ident="c")
    report = read_12(essay, matching, cartridge, item(fields=[("cc_profile", "cc.multiple_choice.v0p1")]))
    assert report.skipped == {"essay": 2, "matching": 1}
    assert key_line(report) == "4B"


# --- QTI 2 and 3 ---


def item_2(
    *, declaration="<correctResponse><value>B</value></correctResponse>", cardinality="single", maximum="1",
    processing="", choices="", body="<p>Thủ đô?</p>", more="", version="v2p1", ident="q1",
):  # fmt: skip
    choices = choices or (
        '<simpleChoice identifier="A">Huế<feedbackInline identifier="A">cố đô</feedbackInline></simpleChoice>'
        '<simpleChoice identifier="B">Hà Nội</simpleChoice>'
        '<simpleChoice identifier="C" fixed="true">Tất cả</simpleChoice>'
    )
    return (
        f'<?xml version="1.0"?><assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_{version}" '
        f'identifier="{ident}" title="Câu" adaptive="false" timeDependent="false">'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" baseType="identifier">'
        f"{declaration}"
        f'</responseDeclaration><itemBody>{body}<choiceInteraction responseIdentifier="RESPONSE" '
        f'shuffle="true" maxChoices="{maximum}"><prompt>Chọn một.</prompt>{choices}</choiceInteraction>'
        f"</itemBody>{processing}{more}"
        "</assessmentItem>"
    )


def in_qti3(xml):
    """The same item with the names of QTI 3."""
    for name in (
        "assessmentItem", "responseDeclaration", "correctResponse", "itemBody", "choiceInteraction",
        "simpleChoice",
        "feedbackInline", "modalFeedback", "mapping", "mapEntry", "value", "prompt",
    ):  # fmt: skip
        hyphened = "".join(f"-{c.lower()}" if c.isupper() else c for c in name)
        for before in ("<", "</"):
            for behind in (" ", ">"):
                xml = xml.replace(f"{before}{name}{behind}", f"{before}qti-{hyphened}{behind}")
    for name in ("responseIdentifier", "maxChoices", "mapKey", "mappedValue", "baseType"):
        xml = xml.replace(f"{name}=", "".join(f"-{c.lower()}" if c.isupper() else c for c in name) + "=")
    return xml


def read_2(xml, name="cau.xml"):
    return read(xml.encode(), name)


@pytest.mark.parametrize("form", [item_2(), item_2(version="v2p2"), in_qti3(item_2())])
def test_an_item(form):
    report = read_2(form)
    assert report.format == "qti2"
    only = report.questions[0]
    assert only.text == "Thủ đô?\nChọn một."
    assert [choice.text for choice in only.choices] == ["Huế", "Hà Nội", "Tất cả"]
    assert [choice.pinned for choice in only.choices] == [False, False, True]
    assert [choice.feedback for choice in only.choices] == ["cố đô", None, None]
    assert (only.correct, only.key_from, only.kind) == ((1,), "correct response", Kind.SINGLE)


MAPPING = '<mapping><mapEntry mapKey="A" mappedValue="0"/><mapEntry mapKey="B" mappedValue="2"/></mapping>'
PROCESSING = (
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
    "<baseValue baseType='identifier'>B</baseValue></match><setOutcomeValue identifier='SCORE'>"
    "<baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue "
    "identifier='SCORE'><baseValue baseType='float'>0</baseValue></setOutcomeValue></responseElse>"
    "</responseCondition></responseProcessing>"
)


@pytest.mark.parametrize(
    "made,key_from",
    [
        (item_2(declaration=MAPPING), "mapping"),
        (in_qti3(item_2(declaration=MAPPING)), "mapping"),
        (item_2(declaration="", processing=PROCESSING), "response processing"),
    ],
)
def test_keys_without_a_correct_response(made, key_from):
    report = read_2(made)
    assert key_line(report) == "1B"
    assert report.questions[0].key_from == key_from


def test_several_answers_with_points():
    declaration = (
        "<correctResponse><value>A</value><value>B</value></correctResponse><mapping>"
        '<mapEntry mapKey="A" mappedValue="3"/><mapEntry mapKey="B" mappedValue="1"/>'
        '<mapEntry mapKey="C" mappedValue="-2"/></mapping>'
    )
    only = read_2(item_2(declaration=declaration, cardinality="multiple", maximum="0")).questions[0]
    assert (only.kind, only.correct) == (Kind.MULTIPLE, (0, 1))
    assert [choice.weight for choice in only.choices] == [0.75, 0.25, -0.5]


def test_explanation_is_what_is_shown_to_all():
    more = (
        '<modalFeedback identifier="B" outcomeIdentifier="F" showHide="show">giỏi</modalFeedback>'
        '<modalFeedback identifier="why" outcomeIdentifier="F" showHide="show"><p>Vì thế</p></modalFeedback>'
    )
    only = read_2(item_2(more=more)).questions[0]
    assert only.explanation == "Vì thế"
    assert only.choices[1].feedback == "giỏi"


@pytest.mark.parametrize(
    "made,code",
    [
        (item_2(declaration=""), "no-key"),
        (item_2(declaration="<correctResponse><value>Z</value></correctResponse>"), "key-points-nowhere"),
        (item_2(declaration="<correctResponse><value>A</value></correctResponse>" + MAPPING), "two-keys"),
        (item_2(choices='<simpleChoice identifier="B">một</simpleChoice>'), "too-few-choices"),
    ],
)
def test_problems_of_2(made, code):
    report = read_2(made)
    assert report.questions == ()
    assert codes(report)[0] == code


@pytest.mark.parametrize(
    "made,kind",
    [
        (item_2().replace('adaptive="false"', 'adaptive="true"'), "adaptive"),
        (item_2(body="<textEntryInteraction responseIdentifier='X'/>"), "composite"),
        (item_2().replace("choiceInteraction", "orderInteraction"), "ordering"),
        (item_2().replace("choiceInteraction", "extendedTextInteraction"), "essay"),
    ],
)
def test_other_kinds_of_2_are_counted(made, kind):
    report = read_2(made)
    assert report.questions == ()
    assert report.skipped == {kind: 1}


# --- Packages ---


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
