"""What gunicorn relies on."""

import runpy

import pytest
from gunicorn.util import load_class
from gunicorn.workers.gthread import ThreadWorker

from quiz.core.database import db
from quiz.core.settings import ROOT


def test_building_the_application_opens_no_connection(databases):
    """gunicorn builds it before it forks; a connection used by two processes would be broken."""
    with databases.build(databases.blank("sqlite")).app_context():
        assert "Connections in pool: 0" in db.engine.pool.status()


def test_the_control_socket_stays_closed(configuration):
    """It would be made in the home folder, which a service account does not have."""
    assert configuration["control_socket_disable"] is True


def test_workers_times_threads_stay_below_the_database_limit(configuration):
    assert issubclass(load_class(configuration["worker_class"]), ThreadWorker)
    assert configuration["workers"] * configuration["threads"] <= 50


@pytest.fixture
def configuration(monkeypatch):
    """gunicorn.conf.py as it is without any variable set."""
    for name in ("WEB_CONCURRENCY", "WEB_THREADS", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))
