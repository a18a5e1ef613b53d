"""Bring the database up to date and load what is missing of the demo.

The same as `flask db upgrade` and `flask demo load`, in one process: the second `make run` is ready sooner.
"""

from flask.cli import ScriptInfo
from flask_migrate import upgrade

from quiz.demo.cli import demo
from wsgi import app

with app.app_context():
    upgrade()
demo.main(["load"], obj=ScriptInfo(create_app=lambda: app))
