#!/usr/bin/env bash
# Make .venv where it is missing or broken, and install a locked requirements file into it.
# Usage: scripts/install.sh requirements.txt
set -euo pipefail
cd "$(dirname "$0")/.."
requirements=$1

say() { printf '\n%s\n' "$*" >&2; }

new_enough() { command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

pick_python() {
  local candidate
  for candidate in ${PYTHON:+"$PYTHON"} python3 python3.14 python3.13 python3.12 python3.11; do
    if new_enough "$candidate"; then echo "$candidate"; return; fi
  done
  say "Tìm Hiểu needs Python 3.11 or newer; found: $(python3 --version 2>&1 || echo none).
Install one (Debian 12, Ubuntu 24.04: sudo apt-get install python3 python3-venv),
or name it: make run PYTHON=/path/to/python3.12"
  exit 1
}

if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
  python=$(pick_python)
  if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    say "$python has no venv module. Install it (Debian, Ubuntu: sudo apt-get install python3-venv) and run make again."
    exit 1
  fi
  say "Making the virtual environment .venv with $("$python" --version) ..."
  "$python" -m venv --clear .venv
fi

say "Installing $(grep -c '==' "$requirements") packages of $requirements (a minute or two the first time) ..."
if ! .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r "$requirements"; then
  say "The packages could not be installed; pip says why above.
Without a network: is the package index reached? Behind a proxy: set https_proxy. Then run make again."
  exit 1
fi
