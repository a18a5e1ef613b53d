#!/usr/bin/env bash
# Every check, then every test: a fault in one does not hide the others. Words given here go to pytest.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()

need() { # what the tests need; without it they skip at home and fail in CI
  "scripts/need-$1.sh" >/dev/null || [[ -z ${CI:-} ]] || failed+=("$1")
}

need postgresql
need chromium
make --no-print-directory --keep-going lint || failed+=(lint)
.venv/bin/pytest -n 2 --dist worksteal "$@" || failed+=(tests)
if ((${#failed[@]})); then
  echo "Failed: ${failed[*]}" >&2
  exit 1
fi
