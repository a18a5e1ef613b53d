#!/usr/bin/env bash
# Say early, and in plain words, when the port cannot be used.
# Usage: scripts/check-port.sh HOST PORT
set -euo pipefail
host=$1 port=$2

if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((10#$port < 1 || 10#$port > 65535)); then
  echo "PORT=$port is not a port. Choose a number from 1024 to 65535, e.g. make run PORT=8001" >&2
  exit 1
fi
if ((10#$port < 1024)) && [[ $(id -u) != 0 ]]; then
  echo "Port $port is kept for the system administrator. Choose one above 1023, e.g. make run PORT=8000" >&2
  exit 1
fi
if (exec 3<>"/dev/tcp/$host/$port") 2>/dev/null; then
  echo "Port $port is taken: another program, perhaps Tìm Hiểu itself, already answers at http://$host:$port/
Open that page, stop the other program, or choose another port: make run PORT=$((10#$port + 1))" >&2
  exit 1
fi
