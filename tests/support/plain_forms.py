"""Pages read as a browser without scripts reads them: forms, their fields and buttons, sent as they stand."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.support.client import Client

Pairs = list[tuple[str, str]]


@dataclass
class Form:
    """One form of a page: where it goes and what it would send."""

    action: str
    method: str
    fields: Pairs = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of everything that can be filled in
    offered: set[tuple[str, str]] = field(default_factory=set)  # choices of selects, radios and ticks
    buttons: Pairs = field(default_factory=list)

    def filled(self, values: dict[str, str | list[str]]) -> Pairs:
        """The fields with these values put in; a name or choice that the form does not offer is a mistake."""
        unknown = set(values) - self.names
        assert not unknown, f"the form has no {unknown}"
        pairs = [pair for pair in self.fields if pair[0] not in values]
        for name, value in values.items():
            for one in [value] if isinstance(value, str) else value:
                choices = {choice for other, choice in self.offered if other == name}
                assert not choices or one in choices, f"{name} does not offer {one}"
                pairs.append((name, one))
        return pairs


class _Reader(HTMLParser):
    """Collects the forms of a page in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self._area: tuple[str, list[str]] | None = None
        self._templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        seen = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(seen.get("action", ""), seen.get("method", "get").upper())
            self.forms.append(self._open)
        if tag == "template":
            self._templates += 1
        if self._templates:
            return  # copied by scripts, no part of the form
        if self._open is not None and tag == "textarea":
            self._open.names.add(seen["name"])
            self._area = seen["name"], []
        if self._open is not None and tag in ("input", "select", "option", "button"):
            self._control(self._open, tag, seen)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "template":
            self._templates -= 1
        if tag == "textarea" and self._open is not None and self._area is not None:
            name, pieces = self._area
            text = "".join(pieces).replace("\r\n", "\n")
            # One line end behind the tag is no part of the text; browsers send line ends as two characters.
            self._open.fields.append((name, text.removeprefix("\n").replace("\n", "\r\n")))
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def _control(self, form: Form, tag: str, seen: dict[str, str]) -> None:
        name, value = seen.get("name", ""), seen.get("value", "")
        if tag == "button":
            if seen.get("type") == "submit":
                form.buttons.append((name, value))
            return
        if tag == "select":
            self._select = name
            form.names.add(name)
            return
        if tag == "option":
            form.offered.add((self._select, value))
            if "selected" in seen:
                form.fields.append((self._select, value))
            return
        is_tick = seen.get("type") in ("radio", "checkbox")
        form.names.add(name)
        if is_tick:
            form.offered.add((name, value or "on"))
        if name and (not is_tick or "checked" in seen):
            form.fields.append((name, value))


def form_to(page: TestResponse, action: str) -> Form:
    """The page's form that goes to an address."""
    reader = _Reader()
    reader.feed(page.get_data(as_text=True))
    found = [form for form in reader.forms if form.action == action]
    assert len(found) == 1, [form.action for form in reader.forms]
    return found[0]


def press(
    client: Client,
    page: TestResponse,
    action: str,
    button: tuple[str, str] = ("", ""),
    values: dict[str, str | list[str]] | None = None,
) -> TestResponse:
    """Fill in a form of the page, press one of its buttons, and go where the reply leads.

    The token is the form's own: a form without it is refused here as it would be in a browser.
    """
    form = form_to(page, action)
    assert button in form.buttons, form.buttons
    body = urlencode(form.filled(values or {}) + ([button] if button[0] else []))
    if form.method == "GET":
        return client.get(f"{action}?{body}")
    return client.post(
        action,
        data=body,
        content_type="application/x-www-form-urlencoded",
        csrf=False,
        follow_redirects=True,
    )


def send_as(pairs: Pairs, typed: dict[str, Any]) -> dict[str, Any]:
    """Fields for a form with a file: what stands there, with what was typed in its place."""
    sent: dict[str, Any] = {}
    for name, value in pairs:
        sent.setdefault(name, []).append(value)
    return sent | typed


def forms_of(page: TestResponse) -> list[Form]:
    """All forms of the page."""
    reader = _Reader()
    reader.feed(page.get_data(as_text=True))
    return reader.forms
