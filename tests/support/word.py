"""Small Word documents, made where a test needs them."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

# (text, look) where look is any of bold, italic, underline, red, yellow, or the id of a character style.
Run = tuple[str, str]
Line = str | Sequence[str | Run]


def make_docx(lines: Sequence[Line], change: Callable[[Any], None] | None = None) -> bytes:
    """A document with one paragraph for each line; `change` may do anything else to it."""
    document = docx.Document()
    for line in lines:
        add_line(document.add_paragraph(), line)
    if change:
        change(document)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_line(paragraph: Any, line: Line) -> Any:
    """Write runs into a paragraph."""
    for part in [line] if isinstance(line, str) else line:
        text, looks = (part, "") if isinstance(part, str) else part
        run = paragraph.add_run(text)
        for look in looks.split():
            _LOOKS[look](run) if look in _LOOKS else setattr(run, "style", look)
    return paragraph


def _property(run: Any, name: str, **values: str) -> None:
    element = OxmlElement(f"w:{name}")
    for key, value in values.items():
        element.set(qn(f"w:{key}"), value)
    run._r.get_or_add_rPr().append(element)


_LOOKS: dict[str, Callable[[Any], None]] = {
    "bold": lambda run: setattr(run, "bold", True),
    "italic": lambda run: setattr(run, "italic", True),
    "underline": lambda run: setattr(run, "underline", True),
    "red": lambda run: _property(run, "color", val="FF0000"),
    "blue": lambda run: _property(run, "color", val="0000FF"),
    "black": lambda run: _property(run, "color", val="000000"),
    "accent": lambda run: _property(run, "color", val="4F81BD", themeColor="accent1"),
    "yellow": lambda run: _property(run, "highlight", val="yellow"),
    "shaded": lambda run: _property(run, "shd", val="clear", fill="FFFF00"),
    "raised": lambda run: _property(run, "vertAlign", val="superscript"),
}


def add_lists(
    document: Any, levels: Sequence[tuple[str, str]], lists: int = 1, *, restart: bool = False
) -> None:
    """Automatic lists 101, 102 … whose levels are (form, text), such as ("decimal", "Câu %1.")."""
    numbering = document.part.numbering_part.element
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="900">{inner}</w:abstractNum>')
    numbering.insert(0, abstract)
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
    for number in range(101, 101 + lists):
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="900"/>{override}</w:num>'
            )
        )


def in_list(paragraph: Any, number: int, depth: int = 0) -> Any:
    """Make a paragraph an item of list `number`."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')
    )
    return paragraph


def add_table(document: Any, rows: Sequence[Sequence[Line]]) -> Any:
    """A table with one paragraph, or one per line, in each cell."""
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, line in zip(row.cells, cells, strict=True):
            texts = line.split("\n") if isinstance(line, str) else [line]
            add_line(cell.paragraphs[0], texts[0])
            for text in texts[1:]:
                add_line(cell.add_paragraph(), text)
    return table


def with_member(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The zip file with one member changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(member.filename, change(content) if member.filename == name else content)
    return out.getvalue()


# One red pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0000003010100"
    "c9fe92ef0000000049454e44ae426082"
)
