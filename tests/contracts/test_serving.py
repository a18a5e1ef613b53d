"""What gunicorn relies on."""

import os
import runpy
from types import SimpleNamespace

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


def test_counts_of_dead_workers_stay_and_those_of_a_former_server_go(monkeypatch, tmp_path):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    served = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    names = {"counter_77.db", "gauge_livesum_77.db", "gauge_livesum_78.db", f"counter_{os.getpid()}.db"}
    for name in names:
        (tmp_path / name).touch()
    served["child_exit"](None, SimpleNamespace(pid=77))
    assert {path.name for path in tmp_path.iterdir()} == names - {"gauge_livesum_77.db"}
    monkeypatch.setenv("GUNICORN_PID", "76")
    served["on_starting"](None)
    assert (tmp_path / "counter_77.db").exists(), "the server that it takes over from still counts"
    monkeypatch.delenv("GUNICORN_PID")
    served["on_starting"](None)
    assert [path.name for path in tmp_path.iterdir()] == [f"counter_{os.getpid()}.db"]
    assert served["raw_env"] == [f"PROMETHEUS_MULTIPROC_DIR={tmp_path}"]


@pytest.fixture
def configuration(monkeypatch):
    """gunicorn.conf.py as it is without any variable set."""
    for name in ("WEB_CONCURRENCY", "WEB_THREADS", "HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return runpy.run_path(str(ROOT / "gunicorn.conf.py"))
