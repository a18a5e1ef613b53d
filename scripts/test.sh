#!/usr/bin/env bash
# Every check, then every test: a fault in one does not hide the others. Words given here go to pytest.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()

need() { # what the tests need; without it they skip at home and fail in CI
  "scripts/need-$1.sh" >/dev/null || [[ -z ${CI:-} ]] || failed+=("$1")
}

# What one process has compiled the others read, whatever the surroundings say.
unset PYTHONDONTWRITEBYTECODE
need postgresql
need chromium
# The checks take what the tests leave of the machine while they wait; they speak at the end.
said=$(mktemp)
nice make --no-print-directory --keep-going lint >"$said" 2>&1 &
lint=$!
trap 'kill "$lint" 2>/dev/null; rm -f "$said"' EXIT
.venv/bin/pytest -n 2 --dist worksteal "$@" || failed+=(tests)
wait "$lint" || failed+=(lint)
cat "$said"
if ((${#failed[@]})); then
  echo "Failed: ${failed[*]}" >&2
  exit 1
fi
