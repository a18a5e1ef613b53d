#!/bin/sh
# The log of decisions as a signed file of the day in FOLDER. Ends with 1, for the service to be seen as failed,
# where it does not go on from the file before: then somebody changed the past.
# Usage: daylog.sh FOLDER
set -eu
folder=$1
flask=/srv/timhieu/current/.venv/bin/flask
today=$folder/log-$(TZ=Asia/Ho_Chi_Minh date +%F-%H%M).jsonl
before=$(find "$folder" -maxdepth 1 -name 'log-*.jsonl' | sort | tail -n 1)
"$flask" --app wsgi audit export "$today.part"
if [ -n "$before" ]; then
  "$flask" --app wsgi audit verify "$today.part" --earlier "$before"
fi
mv "$today.part" "$today"
