"""Bare Flask: what a hello, a page of 10 KB and one durable row cost on this machine, under the same workers.

gunicorn serves it with the product's own settings, so that what is compared is the application alone.
"""

import os

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import BigInteger, Engine, String, event
from sqlalchemy.orm import Mapped, mapped_column

_BASE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<title>{% block title %}{% endblock %}</title>
<link rel="stylesheet" href="/static/site.css"></head>
<body><main>{% block main %}{% endblock %}</main></body></html>
"""
_PAGE = """{% extends "base.html" %}{% block title %}{{ title }}{% endblock %}
{% block main %}<h1>{{ title }}</h1>
<table>{% for line in lines %}<tr><td>{{ loop.index }}</td><td>{{ line.name }}</td><td>{{ line.unit }}</td>
<td>{{ line.points }}</td>
{% if line.points > 15 %}<td class="good">{{ line.time }} giây</td>
{% else %}<td>{{ line.time }} giây</td>{% endif %}</tr>
{% endfor %}</table>{% endblock %}
"""
_LINES = [
    {"name": f"Lò Thị Hương {n}", "unit": "Phường Tô Hiệu, tỉnh Sơn La", "points": n % 20, "time": n}
    for n in range(75)
]

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", "sqlite://")
app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 10}
app.jinja_loader = DictLoader({"base.html": _BASE, "page.html": _PAGE})
db = SQLAlchemy(app)


class BareRow(db.Model):  # type: ignore[name-defined, misc]  # Flask-SQLAlchemy makes its class at run time
    """What is stored: a number and about as much text as a sheet."""

    __tablename__ = "bare_rows"

    id: Mapped[int] = mapped_column(BigInteger().with_variant(db.Integer, "sqlite"), primary_key=True)
    body: Mapped[str] = mapped_column(String(400))


@event.listens_for(Engine, "connect")
def _durable(connection: object, _record: object) -> None:
    """SQLite as the product has it: a commit survives a power cut."""
    if app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
            connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # a SQLite connection


with app.app_context():
    db.create_all()
    db.engine.dispose()


@app.get("/hello")
def hello() -> str:
    """The least that Flask can do."""
    return "Hello, World!"


@app.get("/healthz")
def healthz() -> str:
    """What whoever starts it asks for."""
    return "ok"


@app.get("/page")
def page() -> str:
    """One page of 10 KB with a table and a layout."""
    return render_template("page.html", title="Bảng xếp hạng", lines=_LINES)


@app.post("/row")
def row() -> str:
    """One row, committed."""
    db.session.add(BareRow(body="x" * 250))
    db.session.commit()
    return "ok"
