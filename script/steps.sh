# shellcheck shell=bash
# Sourced by the scripts beside it: commands run as named steps with a time limit, and something is visible at least every 2 seconds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export CHECKPOINT_DISABLE=1 PATH="$PWD/node_modules/.bin:$PATH"
# terraform complains at every call about a configuration file that is gone.
[[ -e "${TF_CLI_CONFIG_FILE:-/}" ]] || unset TF_CLI_CONFIG_FILE

steps_logs=$(mktemp -d)
running=()

stop_steps() {
  local pid
  # `timeout` passes the signal on to all that it started.
  for pid in "${running[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${running[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$steps_logs"
}
trap stop_steps EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

now() { echo "${EPOCHREALTIME/[.,]/}"; }

# seconds_since MICROSECONDS
seconds_since() {
  local tenths=$((($(now) - $1) / 100000))
  echo "$((tenths / 10)).$((tenths % 10)) s"
}

# follow TITLE PID LOG SHOW: prints what arrives in LOG (when SHOW is 1), or a sign of life, until the process has ended.
follow() {
  local title=$1 pid=$2 log=$3 show=$4 shown=0 size last began
  began=$(now) last=$began
  while :; do
    local alive=0
    kill -0 "$pid" 2>/dev/null && alive=1
    size=$(stat -c %s "$log")
    if ((show && size > shown)); then
      tail -c "+$((shown + 1))" "$log" | head -c "$((size - shown))"
      shown=$size last=$(now)
    elif ((alive && $(now) - last > 1500000)); then
      echo "   ... $title, $(seconds_since "$began")"
      last=$(now)
    fi
    ((alive)) || break
    sleep 0.1
  done
}

# run_step SHOW TITLE SECONDS COMMAND...: the command's exit code, 124 when it took longer than SECONDS.
run_step() {
  local show=$1 title=$2 limit=$3 log status=0 began
  shift 3
  log="$steps_logs/${title//[^a-z0-9]/-}"
  began=$(now)
  echo "== $title"
  : >"$log"
  timeout --kill-after=10 "$limit" "$@" >"$log" 2>&1 </dev/null &
  running=("$!")
  follow "$title" "$!" "$log" "$show"
  wait "$!" || status=$?
  running=()
  if ((status != 0 && !show)); then cat "$log"; fi
  if ((status == 0)); then
    echo "   $title: done in $(seconds_since "$began")"
  elif ((status == 124)); then
    echo "   $title: stopped, it took longer than $limit s" >&2
  else
    echo "   $title: failed with exit code $status after $(seconds_since "$began")" >&2
  fi
  return "$status"
}

# step TITLE SECONDS COMMAND...: shows all output.
step() { run_step 1 "$@"; }

# quiet_step TITLE SECONDS COMMAND...: shows the output of a failure only.
quiet_step() { run_step 0 "$@"; }

require_commands() {
  local name
  for name in "$@"; do
    command -v "$name" >/dev/null || fail "$name must be installed, got none on PATH; install it and try again" 3
  done
}

install_packages() {
  node script/packages-installed.cjs && return
  quiet_step "packages (npm ci)" 600 npm ci
}
