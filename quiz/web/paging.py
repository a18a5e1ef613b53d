"""Pages of a list, as components/lists.html shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for


@dataclass(frozen=True, slots=True)
class Pages:
    """This page and how many there are, from 1."""

    number: int
    count: int
    url: Callable[[int], str]


def asked_page() -> int:
    """The page that the address asks for, 1 for anything else."""
    return min(max(1, request.args.get("page", 1, type=int)), 1_000_000)


def pages(number: int, count: int, **values: str | int) -> Pages:
    """Pages of the view that is being shown; `values` are the address's other parts, empty ones left out."""
    endpoint = request.endpoint or ""
    kept: dict[str, Any] = {name: value for name, value in values.items() if value != ""}
    return Pages(number, count, lambda page: url_for(endpoint, **kept, page=page))
