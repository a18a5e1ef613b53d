"""Codes go into a box that the test can read."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.support.codes import Outbox, outbox_of


@pytest.fixture
def outbox(app: Flask) -> Iterator[Outbox]:
    """What would have been sent."""
    with outbox_of(app) as box:
        yield box
