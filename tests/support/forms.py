"""Forms of pages as a browser would send them."""

import re
from html import unescape

from werkzeug.datastructures import MultiDict

_INPUT = re.compile(r"<input\b[^>]*>")
_SELECT = re.compile(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
_CHOSEN = re.compile(r'<option\b(?=[^>]*\bselected\b)[^>]*value="([^"]*)"')
_FIRST = re.compile(r'<option\b[^>]*value="([^"]*)"')
_AREA = re.compile(r'<textarea\b[^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', re.DOTALL)


def fields_of(page: str, action: str) -> MultiDict[str, str]:
    """What a browser would send if the form were sent as it came."""
    form = page[page.index(f'action="{action}"') :].split("</form>")[0]
    data: MultiDict[str, str] = MultiDict()
    for tag in _INPUT.findall(form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticks = attributes.get("type") in ("checkbox", "radio")
        if attributes.get("name") and (not ticks or " checked" in tag):
            data.add(attributes["name"], unescape(attributes.get("value", "")))
    for name, options in _SELECT.findall(form):
        chosen = _CHOSEN.search(options) or _FIRST.search(options)
        data.add(name, unescape(chosen.group(1)) if chosen else "")
    for name, text in _AREA.findall(form):
        data.add(name, unescape(text))
    return data
