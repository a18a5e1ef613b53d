"""Contracts look at the whole application; one build of it serves them all."""

import pytest
from flask import Flask

from tests.support.databases import Databases
from tests.support.fixtures import databases

__all__ = ["databases", "whole"]


@pytest.fixture(scope="session")
def whole(databases: Databases) -> Flask:
    """The application with everything registered, on a database without tables."""
    return databases.build(databases.blank("sqlite"))
