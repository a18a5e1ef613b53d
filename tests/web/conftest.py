"""Page tests: the application and a browser without JavaScript."""

from tests.support.fixtures import app, client, databases, jobs_held

__all__ = ["app", "client", "databases", "jobs_held"]
