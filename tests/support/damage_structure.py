"""Damage that keeps the file well-formed: elements of XML and cells of tables out of their places."""

import csv
import io
import random
import zipfile
from copy import deepcopy
from xml.etree import ElementTree

_VALUES = (
    "", "0", "-1", "1", "2", "99999999999999999999", "1e999", "NaN", "true", "A", "Z", "A1", "XFD1048576",
    "inlineStr", "multiple", "0.5", "\u0301", "x" * 5000, "Đáp án", "http://x.vn/a", "../../../../etc/passwd",
)  # fmt: skip
_CELLS = (
    *_VALUES,
    "A, C",
    "a\nb",
    '"',
    "=1+1",
    "Câu 1. Hỏi?",
    "A. một  B. hai",
    "Đáp án: C",
    "*B",
    "(bỏ trống)",
)
_DEEP = 300


def damaged_xml(data: bytes, dice: random.Random) -> bytes:
    """Well-formed XML with one to six elements or attributes changed; other data as it is."""
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return data
    for _ in range(dice.randint(1, 6)):
        _change(root, dice)
    made: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


def _change(root: ElementTree.Element, dice: random.Random) -> None:
    elements = list(root.iter())
    one, other = dice.choice(elements), dice.choice(elements)
    parents = {child: parent for parent in elements for child in parent}
    parent = parents.get(one)
    match dice.randrange(9):
        case 0 if parent is not None:
            parent.remove(one)
        case 1 if parent is not None:
            parent.insert(dice.randrange(len(parent) + 1), deepcopy(one))
        case 2 if parent is not None and one not in set(_ancestors(other, parents)):
            parent.remove(one)
            other.append(one)
        case 3:
            one.tag = other.tag
        case 4 if one.attrib:
            del one.attrib[dice.choice(sorted(one.attrib))]
        case 5 if one.attrib:
            one.attrib[dice.choice(sorted(one.attrib))] = _value(other, dice)
        case 6:
            one.attrib.update(other.attrib)
        case 7:
            one.text, other.text = other.text, one.text
        case _:
            one.text = _value(other, dice)
    if dice.random() < 0.02:
        inner = one
        for _ in range(_DEEP):
            inner = ElementTree.SubElement(inner, str(one.tag))


def _ancestors(
    element: ElementTree.Element, parents: dict[ElementTree.Element, ElementTree.Element]
) -> list[ElementTree.Element]:
    found = [element]
    while (above := parents.get(found[-1])) is not None:
        found.append(above)
    return found


def _value(other: ElementTree.Element, dice: random.Random) -> str:
    if other.attrib and dice.random() < 0.5:
        return other.attrib[dice.choice(sorted(other.attrib))]
    return dice.choice(_VALUES)


def damaged_member_xml(data: bytes, dice: random.Random) -> bytes:
    """A sound zip one of whose XML members has elements out of place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(name for name, content in members.items() if content.lstrip().startswith(b"<"))
    # Most of a Word file or workbook is about looks; the largest parts hold the questions.
    largest = sorted(names, key=lambda name: len(members[name]))[-2:]
    if names:
        name = dice.choice(largest if dice.random() < 0.6 else names)
        members[name] = damaged_xml(members[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def damaged_cells(data: bytes, dice: random.Random) -> bytes:
    """A sound CSV file with cells, rows or columns cut, swapped, repeated or replaced."""
    text = data.decode("utf-8-sig")
    separator = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) or [[""]]
    for _ in range(dice.randint(1, 6)):
        _change_cells(rows, dice)
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=dice.choice(("\n", "\r\n", "\r"))).writerows(rows)
    return out.getvalue().encode("utf-8", "surrogatepass")


def _change_cells(rows: list[list[str]], dice: random.Random) -> None:
    row, other = dice.randrange(len(rows)), dice.randrange(len(rows))
    column, second = (dice.randrange(max(len(rows[row]), 1)) for _ in range(2))
    match dice.randrange(7):
        case 0 if len(rows) > 1:
            del rows[row]
        case 1:
            rows.insert(row, list(rows[other]))
        case 2:
            rows[row], rows[other] = rows[other], rows[row]
        case 3:
            for line in rows:
                if max(column, second) < len(line):
                    line[column], line[second] = line[second], line[column]
        case 4:
            for line in rows:
                del line[column : column + 1]
        case 5:
            rows[row][column:column] = [dice.choice(_CELLS)] * dice.randint(1, 30)
        case _ if column < len(rows[row]):
            rows[row][column] = dice.choice((*_CELLS, *rows[other])) if rows[other] else ""
