"""The application for gunicorn and `flask --app wsgi`."""

import gc

# Hardly anything made while loading is garbage; looking for it took a fifth of the time.
gc.disable()

from quiz.app import create_app  # noqa: E402  # the search is put off before anything is loaded

app = create_app()
gc.enable()
