"""Every word shown to people is marked, and there in both languages."""

import ast
import re

from jinja2 import Environment, nodes

from question_bank.syllables import is_syllable
from quiz.core.settings import ROOT
from tests.support import catalogues
from tests.support.sources import docstrings, for_every_file, python_files, templates, tree

_VIETNAMESE = re.compile(
    r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE
)
# Programs, formats, standards, people; what is typed as it stands; signs of documents.
_NAMES = re.findall(
    r"\S+",
    """
    api authenticator cookie csv docx email excel facebook google gift jpeg json led microsoft moodle
    opendocument openapi otp pdf png pptx powerpoint qr qti rtf svg toml txt unicode utf web webp word xlsx
    xls xml zalo zip aiken aegis alpha fisher holm linden logit rasch sotaridona der save as doc docm dotx
    html ods odt imscc tab libreoffice cors etag http https if none match next null problem application
    retry after rfc per caps lock heading code codes phone text quyet hoc lich huong example cartridge common
    kb mb gb wi fi byte stt javascript th qx vn btg cp hd nq nđ qh qđ vptw vni tcvn ctype
    """,
)
_NO_WORDS = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|</?[a-z]+[^>]*>|\bQUIZ_\w+")
_WORD = re.compile(r"[^\W\d_]+")
_MARKERS = {"_", "_l", "gettext", "lazy_gettext", "lazy_ngettext", "ngettext", "pgettext", "lazy_pgettext"}
_JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
_PAGES = python_files("quiz/web", "quiz/public", "quiz/organiser", "quiz/unitdesk") + [
    path for path in python_files("quiz") if path.stem in ("labels", "forms", "views", "admin")
]
_LOCALE = ROOT / "quiz" / "web" / "locale.py"  # names of languages are written in their own language
_WORDS = ROOT / "templates" / "components" / "words.html"  # names whose words stay on one line, never shown
_FORMS = ROOT / "quiz" / "web" / "forms.py"  # hands WTForms' messages on


def test_catalogues_are_complete_and_right():
    assert not catalogues.problems()


def test_the_words_of_the_sources_are_vietnamese():
    """Every word of a message can be a Vietnamese syllable, or is a name of the list."""
    strange = {
        word
        for message in catalogues.extracted()
        for text in ([message.id] if isinstance(message.id, str) else message.id)
        for word in _WORD.findall(_NO_WORDS.sub(" ", text).casefold())
        if len(word) > 1 and not is_syllable(word) and word not in _NAMES
    }
    assert not strange


@for_every_file(sorted({*_PAGES} - {_LOCALE}))
def test_vietnamese_words_in_pages_code_are_marked(path):
    unseen = docstrings(path)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and _name(node) in _MARKERS:
            unseen |= {id(inner) for inner in ast.walk(node)}
    bare = [
        f"line {node.lineno}: {node.value!r}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in unseen and _VIETNAMESE.search(node.value)
    ]
    assert not bare


@for_every_file(sorted({*_PAGES} - {_FORMS}))
def test_messages_are_translated_before_they_are_filled_in(path):
    """`_(f"...")` and `_("...".format())` would look for a message that is in no catalogue."""
    wrong = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and _name(node) in _MARKERS
        if not (node.args and isinstance(node.args[0], ast.Constant))
    ]
    assert not wrong


@for_every_file(sorted({*templates()} - {_WORDS}))
def test_vietnamese_words_in_templates_are_marked(path):
    parsed = _JINJA.parse(path.read_text(encoding="utf-8"))
    unseen = {
        id(inner)
        for call in parsed.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in _MARKERS
        for inner in call.find_all(nodes.Const)
    }
    bare = [
        f"line {one.lineno}: {one.data.strip()!r}"
        for one in parsed.find_all(nodes.TemplateData)
        if _VIETNAMESE.search(one.data)
    ]
    bare += [
        f"line {one.lineno}: {one.value!r}"
        for one in parsed.find_all(nodes.Const)
        if id(one) not in unseen and isinstance(one.value, str) and _VIETNAMESE.search(one.value)
    ]
    assert not bare


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
