"""Items of QTI 1.2, 2 and 3 as programs write them, for tests."""

from collections.abc import Iterable

from question_bank.reading import read
from question_bank.values import Report

CHOICES = (("a1", "Huế"), ("b2", "Hà Nội"), ("c3", "Vinh"))
RIGHT_IS_B = (
    '<respcondition continue="No"><conditionvar><varequal respident="R">b2</varequal></conditionvar>'
    '<setvar action="Set" varname="SCORE">100</setvar></respcondition>'
)


def labels(choices: Iterable[tuple[str, str]] = CHOICES, form: str = ' texttype="text/html"') -> str:
    """The choices of an item of QTI 1.2."""
    return "".join(
        f'<response_label ident="{ident}"><material><mattext{form}>{text}</mattext></material>'
        "</response_label>"
        for ident, text in choices
    )


def item(
    processing: str = RIGHT_IS_B,
    *,
    text: str = "Thủ đô?",
    cardinality: str = "Single",
    fields: Iterable[tuple[str, str]] = (),
    inside: str | None = None,
    more: str = "",
    ident: str = "i1",
) -> str:
    """An item of QTI 1.2."""
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


def read_12(*items: str, title: str = "Đại hội") -> Report:
    """Read the items as a file of QTI 1.2."""
    xml = (
        '<?xml version="1.0"?><questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
        f'<assessment title="{title}"><section>{"".join(items)}</section></assessment></questestinterop>'
    )
    return read(xml.encode(), "de.xml")


def item_2(
    *,
    declaration: str = "<correctResponse><value>B</value></correctResponse>",
    cardinality: str = "single",
    maximum: str = "1",
    processing: str = "",
    choices: str = "",
    body: str = "<p>Thủ đô?</p>",
    more: str = "",
    version: str = "v2p1",
    ident: str = "q1",
) -> str:
    """An item of QTI 2."""
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


def in_qti3(xml: str) -> str:
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


def read_2(xml: str, name: str = "cau.xml") -> Report:
    """Read one item as a file."""
    return read(xml.encode(), name)
