"""Follow the links of a site from some pages on, a few pages of each kind."""

from collections import Counter, deque
from collections.abc import Iterator

from werkzeug.test import TestResponse

from tests.support.client import Client
from tests.support.poison import faults_and_links, inside


def kind_of(path: str) -> str:
    """The address without its numbers: pages of one kind."""
    parts = path.partition("?")[0].split("/")
    return "/".join("#" if any(letter.isdigit() for letter in part) else part for part in parts)


def follow(
    client: Client, *begin: str, most: int, of_one_kind: int
) -> Iterator[tuple[str, TestResponse, str]]:
    """Every page that links lead to: address, reply, and its HTML (empty for files)."""
    waiting, seen, kinds = deque(begin), set(begin), Counter[str]()
    while waiting and len(seen) - len(waiting) < most:
        path = waiting.popleft()
        reply = client.get(path)
        body = reply.get_data(as_text=True) if "html" in (reply.content_type or "") else ""
        reply.close()
        yield path, reply, body
        for link in inside(faults_and_links(body)[1]):
            if link not in seen and kinds[kind_of(link)] < of_one_kind:
                kinds[kind_of(link)] += 1
                seen.add(link)
                waiting.append(link)
