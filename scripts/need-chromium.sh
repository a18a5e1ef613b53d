#!/usr/bin/env bash
# Print the path of a Chromium for the browser tests; install Debian's when there is none and we are root.
# CHROMIUM=/path/to/chromium names one by hand.
set -euo pipefail

find_it() {
  local name
  for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" 2>/dev/null; then return; fi
  done
  return 1
}

find_it && exit 0
if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests (about 100 MB, once) ..." >&2
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q >&2 || echo "apt-get update failed; trying with the lists that are there." >&2
  apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core >&2 && find_it && exit 0
fi
echo "The browser tests need Chromium and none was found.
Debian, Ubuntu: sudo apt-get install chromium. Elsewhere: install it and name it, CHROMIUM=/path/to/chromium make test" >&2
exit 1
