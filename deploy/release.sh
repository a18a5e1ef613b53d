#!/usr/bin/env bash
# Releases without a pause: the new one starts beside the old one, is asked whether it is well, and takes over.
#
#   release.sh prepare REF    a release from the repository: code, packages, catalogues; the site goes on as it is
#   release.sh go NAME        migrations, start the other colour, check it, switch nginx over, stop the old colour
#   release.sh go NAME --pause   for a release whose notes ask for it: the old one is stopped before the migrations
#   release.sh back           the release that was live before; the database stays as it is
#   release.sh status         what is live, and which releases lie here
#
# Nothing is switched before the new colour has answered; where it does not, it is stopped and the old one stays.
set -euo pipefail

ROOT=${TIMHIEU_ROOT:-/srv/timhieu}
ETC=${TIMHIEU_ETC:-/etc/timhieu}
LIVE=${TIMHIEU_LIVE:-/etc/nginx/timhieu-live.conf}
SOCKETS=${TIMHIEU_SOCKETS:-/run}
NGINX=${TIMHIEU_NGINX:-nginx}
NGINX_PID=${TIMHIEU_NGINX_PID:-/run/nginx.pid}
BACKUPS=${TIMHIEU_BACKUPS:-/var/backups/timhieu}
FLASK=${TIMHIEU_FLASK:-/usr/local/bin/timhieu-flask}
DRAIN=60 # seconds that nginx's old workers get for the requests they have begun
KEEP=4   # releases that stay for going back

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*"; }
fail() { say "STOPPED: $*" >&2; exit 1; }

live_colour() { sed -n 's|.*unix:.*/timhieu-\([a-z]*\)\.sock.*|\1|p' "$LIVE" 2>/dev/null; }
is_up() { systemctl is-active --quiet "timhieu@$1.service"; }
other() { [[ $1 == blue ]] && echo green || echo blue; }
release_of() { basename "$(readlink "$ROOT/$1" 2>/dev/null || true)"; }
flask_of() { local release=$1; shift; TIMHIEU_RELEASE="$ROOT/releases/$release" TIMHIEU_ETC="$ETC" "$FLASK" "$@"; }

prepare() {
  local ref=$1 name folder
  name=$(git -C "$ROOT/source" log -1 --abbrev=10 --format=%cd-%h --date=format:%Y%m%d "$ref")
  folder=$ROOT/releases/$name
  if [[ -e $folder/READY ]]; then say "$name is here already"; return; fi
  rm -rf "$folder"
  mkdir -p "$folder"
  git -C "$ROOT/source" archive "$ref" | tar -x -C "$folder"
  say "$name: packages"
  python3 -m venv "$folder/.venv"
  "$folder/.venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$folder/requirements.txt"
  say "$name: catalogues and byte code"
  local catalogue
  for catalogue in "$folder"/quiz/translations/*/LC_MESSAGES/*.po; do
    "$folder/.venv/bin/pybabel" --quiet compile --input-file="$catalogue" --output-file="${catalogue%.po}.mo"
  done
  "$folder/.venv/bin/python" -m compileall -q "$folder/quiz" "$folder/question_bank" "$folder/migrations"
  touch "$folder/READY"
  say "ready: release.sh go $name"
}

# The new colour answers as nginx would ask it: alive, with its database, and a page of the site.
is_well() {
  local colour=$1 host path answer
  host=$(sed -n 's/^QUIZ_HOSTS="\{0,1\}\([^,"]*\).*/\1/p' "$ETC/timhieu.env")
  for path in /healthz /readyz /; do
    answer=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 30 \
      --unix-socket "$SOCKETS/timhieu-$colour.sock" -H "Host: $host" -H "X-Forwarded-For: 127.0.0.1" \
      -H "X-Forwarded-Host: $host" -H "X-Forwarded-Proto: https" "http://$host$path" || true)
    [[ $answer == 200 ]] || { say "$colour answers $answer for $path"; return 1; }
  done
}

migrate() {
  local release=$1 now newest
  now=$(flask_of "$release" db current 2>/dev/null | sed -n 's/^\([0-9a-z_]\{1,\}\).*/\1/p' | tail -n 1)
  newest=$(flask_of "$release" db heads 2>/dev/null | sed -n 's/^\([0-9a-z_]\{1,\}\).*/\1/p' | tail -n 1)
  [[ -n $newest ]] || fail "$release does not say which migrations it has: timhieu-flask db heads"
  if [[ $now == "$newest" ]]; then say "migrations: none to do, at $now"; return; fi
  if [[ -n $now ]]; then
    if grep -Eq '^QUIZ_BACKUP_RECIPIENTS="?age1' "$ETC/timhieu.env"; then
      say "a backup before the migrations"
      flask_of "$(release_of current)" backup "$BACKUPS" --keep 14
    else
      say "NO BACKUP before the migrations: QUIZ_BACKUP_RECIPIENTS is empty"
    fi
  fi
  say "migrations: ${now:-an empty database} to $newest"
  flask_of "$release" db upgrade
}

switch_to() {
  local colour=$1 half=$LIVE.new
  printf '# Which colour is live; deploy/release.sh writes this file.\nupstream timhieu_live {\n    server unix:%s/timhieu-%s.sock;\n}\n' \
    "$SOCKETS" "$colour" >"$half"
  [[ ! -e $LIVE ]] || cp "$LIVE" "$LIVE.before"
  mv "$half" "$LIVE"
  if ! $NGINX -t -q || ! systemctl reload nginx.service; then
    [[ ! -e $LIVE.before ]] || mv "$LIVE.before" "$LIVE"
    return 1
  fi
}

# nginx's old workers still ask the old colour for what they have begun.
drain() {
  local left=$DRAIN master
  master=$(cat "$NGINX_PID" 2>/dev/null) || return 0
  sleep 1
  while ((left-- > 0)) && pgrep -P "$master" -f 'worker process is shutting down' >/dev/null; do sleep 1; done
}

stop_colour() {
  systemctl stop "timhieu@$1.socket" "timhieu@$1.service"
  systemctl disable --quiet "timhieu@$1.socket" "timhieu@$1.service"
}

go() {
  local release=$1 how=${2:-} old new before
  [[ -e $ROOT/releases/$release/READY ]] || fail "there is no release $release; release.sh status lists them"
  old=$(live_colour)
  new=$(other "${old:-green}")
  if [[ -z $old ]] || ! is_up "$old"; then new=${old:-blue}; old=""; fi
  if [[ $how == --pause && -n $old ]]; then say "pause: $old stops"; stop_colour "$old"; fi
  [[ $how == --no-migrations ]] || migrate "$release"

  say "$new starts $release"
  ln -sfn "releases/$release" "$ROOT/$new"
  systemctl stop "timhieu@$new.socket" "timhieu@$new.service"
  if ! systemctl start "timhieu@$new.socket" "timhieu@$new.service" || ! is_well "$new"; then
    systemctl stop "timhieu@$new.socket" "timhieu@$new.service"
    fail "$release does not work; ${old:-nothing} stays live. Its words: journalctl -u timhieu@$new -n 50"
  fi
  systemctl enable --quiet "timhieu@$new.socket" "timhieu@$new.service"

  before=$(release_of current)
  if ! switch_to "$new"; then
    stop_colour "$new"
    fail "nginx does not take its settings; ${old:-nothing} stays live"
  fi
  ln -sfn "releases/$release" "$ROOT/current"
  if [[ -n $before && $before != . && $before != "$release" ]]; then echo "$before" >"$ROOT/before"; fi
  say "$new is live"
  if [[ -n $old && $how != --pause ]]; then
    drain
    stop_colour "$old"
    say "$old has finished what it had begun, and stopped"
  fi
  systemctl restart timhieu-worker.service timhieu-housekeeping.service
  systemctl enable --quiet timhieu-worker.service timhieu-housekeeping.service
  forget_old
  say "done: $release"
}

forget_old() {
  local name
  # shellcheck disable=SC2012 -- the names are ours
  ls -1t "$ROOT/releases" | tail -n "+$((KEEP + 1))" | while read -r name; do
    case $name in "$(release_of current)" | "$(cat "$ROOT/before" 2>/dev/null)") ;; *) rm -rf "${ROOT:?}/releases/$name" ;; esac
  done
}

status() {
  say "live: $(live_colour), $(release_of current); before: $(cat "$ROOT/before" 2>/dev/null || echo none)"
  ls -1t "$ROOT/releases" 2>/dev/null || true
}

case ${1:-} in
  prepare) prepare "${2:?which REF of the repository? e.g. main}" ;;
  go) go "${2:?which release? release.sh status lists them}" "${3:-}" ;;
  back) go "$(cat "$ROOT/before" 2>/dev/null || fail "no release was live before")" --no-migrations ;;
  status) status ;;
  *) sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
