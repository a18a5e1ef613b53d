#!/usr/bin/env bash
# Bring the database up to date, load the demo once, and serve. Safe to run again.
# Reads HOST, PORT, DATABASE_URL and the settings named in docs from the environment.
set -euo pipefail
cd "$(dirname "$0")/.."
export QUIZ_ENV=${QUIZ_ENV:-development} HOST=${HOST:-127.0.0.1} PORT=${PORT:-8000} PYTHONUNBUFFERED=1
flask=".venv/bin/flask --app wsgi"

if [[ $QUIZ_ENV == production ]]; then
  echo "make run loads the demo and is for trying things out; QUIZ_ENV=production is for real contests.
Unset QUIZ_ENV, or serve as docs/ say: $flask db upgrade && .venv/bin/gunicorn" >&2
  exit 1
fi

echo "Database and demo: adding what is missing ..."
PYTHONPATH=. .venv/bin/python scripts/prepare.py
echo "Commands: $flask COMMAND --help"
export QUIZ_SIGN_INS=${QUIZ_VAR:-var}/demo-sign-ins.txt # written by the demo, shown by gunicorn when it is ready
export QUIZ_HOUSEKEEPING=${QUIZ_HOUSEKEEPING:-30} # seconds; boards show attempts whose time ran out by then
export QUIZ_WORKER=${QUIZ_WORKER:-beside} # who does long jobs: imports, statistics
# Who answers for the demo's pages; a real site sets its own.
export QUIZ_SITE_PLACE=${QUIZ_SITE_PLACE-tỉnh Sơn La}
export QUIZ_ORGANISER=${QUIZ_ORGANISER-Ban Tuyên giáo và Dân vận Tỉnh ủy phối hợp Ủy ban nhân dân tỉnh Sơn La}
export QUIZ_HOTLINE=${QUIZ_HOTLINE-0212 000 0000}
export QUIZ_HOTLINE_HOURS=${QUIZ_HOTLINE_HOURS-7:30–17:00, thứ Hai đến thứ Bảy}
exec .venv/bin/gunicorn
