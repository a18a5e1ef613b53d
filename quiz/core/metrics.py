"""What is counted while it happens, under which name. Figures that stand in the database are read when they
are asked for, see `quiz.observing.gauges`.

Under gunicorn every worker counts in a file of its own in PROMETHEUS_MULTIPROC_DIR, which gunicorn.conf.py
sets before this is imported; whichever worker is asked adds them up. Labels are routes, methods and classes
of status: a fixed and small set, and nothing that anybody typed.
"""

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

if _folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    Path(_folder).mkdir(parents=True, exist_ok=True)
REGISTRY = CollectorRegistry()
# The bound that people feel, 0.3 s at the 99th percentile, is one of them.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
_AGES = (1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0)

REQUESTS = Counter(
    "timhieu_requests", "Requests answered, without static files.", ["route", "method", "status"],
    registry=REGISTRY,
)  # fmt: skip
SECONDS = Histogram(
    "timhieu_request_seconds", "Time from a thread's taking up a request to its answer.", ["route", "method"],
    registry=REGISTRY, buckets=_SECONDS,
)  # fmt: skip
UNDER_WAY = Gauge(
    "timhieu_requests_under_way", "Requests that threads are at.",
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
STATEMENTS = Counter("timhieu_statements", "Statements sent to the database.", ["route"], registry=REGISTRY)
DATABASE_SECONDS = Counter(
    "timhieu_database_seconds", "Time spent waiting for statements.", ["route"], registry=REGISTRY
)
SLOW_STATEMENTS = Counter(
    "timhieu_slow_statements", "Statements that took QUIZ_SLOW_MS or longer.", ["route"], registry=REGISTRY
)
CONNECTIONS_USED = Gauge(
    "timhieu_connections_used", "Connections of the pools that work is done on.",
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
CONNECTIONS_OPEN = Gauge(
    "timhieu_connections_open", "Connections of the pools to the database.",
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
CONNECTIONS_MOST = Gauge(
    "timhieu_connections_most", "How many connections the pools may open.",
    registry=REGISTRY, multiprocess_mode="livesum",
)  # fmt: skip
STARTED = Counter("timhieu_attempts_started", "Attempts opened.", registry=REGISTRY)
SAVED = Counter("timhieu_sheets_saved", "Sheets of answers stored.", registry=REGISTRY)
SUBMITTED = Counter("timhieu_attempts_submitted", "Attempts handed in by people.", registry=REGISTRY)
SENT_TO_LINE = Counter(
    "timhieu_starts_sent_to_line", "Times that somebody pressed start and had to wait.", registry=REGISTRY
)
BOARD_AGE = Histogram(
    "timhieu_board_age_seconds", "How old the figures of a large board were when they were used.",
    registry=REGISTRY, buckets=_AGES,
)  # fmt: skip
LOG_LINES = Counter("timhieu_log_lines", "Warnings and errors logged.", ["level"], registry=REGISTRY)
for _level in ("warning", "error"):
    LOG_LINES.labels(_level)  # from 0 on, or nobody would see the first one as a rise
