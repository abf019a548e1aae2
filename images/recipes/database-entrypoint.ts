/** What differs between the servers, each a part of the shell script. */
export interface DatabaseEngine {
  /** Directory below the volume. */
  readonly data: string;
  /** Whose data directory may be moved there: ` of NAME`, or nothing. */
  readonly whose: string;
  /** Function that reads a setting. */
  readonly setting: string;
  /** Functions `root_statements` up to those of the network, which need `$real`. */
  readonly passwords: string;
  /** Starts the server that makes the data directory `$fresh` and runs `$run/init.sql`. */
  readonly make: string;
  /** Command line client. */
  readonly client: string;
  /** Options of the server that runs the scripts, with a space before each. */
  readonly options: string;
  /** Takes `$access` away again. */
  readonly discard: string;
  /** Lines of the health check's option file, in the words of `printf`. */
  readonly healthOptions: string;
  /** Functions of its own: `has_data`, and those that its other parts name. */
  readonly functions: string;
  /** Cases of the command that mean the server. */
  readonly names: string;
}

/**
 * Starts a server as its official image does, and survives being killed at any moment: a new data directory is made under
 * another name and renamed when it is whole, so that what has the final name is always complete.
 */
export const databaseEntrypoint = (engine: DatabaseEngine): string => String.raw`#!/bin/sh
set -eo pipefail

volume=/var/lib/mysql
data=$volume/${engine.data}
fresh=$volume/init.tmp
spool=$volume/tmp
run=/run/mysqld
scripts=/docker-entrypoint-initdb.d
child=

note() { echo "[entrypoint] $*" >&2; }
fail() { trap - EXIT; note "error: $*"; exit 1; }

# Sets NAME from itself or from the file that NAME_FILE names.
setting() {
  eval "value=\$$1 file=\$$1_FILE"
  [ -z "$value" ] || [ -z "$file" ] || fail "$1 and $1_FILE must not both be set; remove one"
  [ -z "$file" ] || [ -r "$file" ] || fail "$1_FILE must name a file that uid $(id -u) can read, got $file"
  [ -z "$file" ] || value=$(cat "$file")
  [ "$(printf %s "$value" | wc -l)" = 0 ] || fail "$1 must be one line"
  eval "$1=\$value"
}

# Values go through pipes of the shell's own printf: none is ever an argument of a program.
tick=$(printf '\140')
text() { printf %s "$1" | sed "s/[\\\\']/\\\\&/g; s/^/'/; s/\$/'/; 1!d" | grep . || printf "''"; }
identifier() { printf %s "$1" | sed "s/$tick/$tick$tick/g; s/^/$tick/; s/\$/$tick/"; }
pattern() { identifier "$(printf %s "$1" | sed 's/[_%]/\\&/g')"; }
random() { head -c 24 /dev/urandom | base64; }

read_settings() {
  for name in MYSQL_ROOT_PASSWORD MYSQL_ROOT_HOST MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD; do ${engine.setting} "$name"; done
  [ -n "$MYSQL_ROOT_PASSWORD" ] || [ -z "$MYSQL_RANDOM_ROOT_PASSWORD" ] || MYSQL_ROOT_PASSWORD=$(random)
  [ -n "$MYSQL_ROOT_PASSWORD" ] || [ -n "$MYSQL_ALLOW_EMPTY_PASSWORD" ] ||
    fail "root must have a password, got none; set MYSQL_ROOT_PASSWORD_FILE, MYSQL_ROOT_PASSWORD or MYSQL_RANDOM_ROOT_PASSWORD"
  [ "$MYSQL_USER" != root ] || fail "MYSQL_USER must not be root, which exists anyway; remove it"
  [ -z "$MYSQL_USER" ] || [ -n "$MYSQL_PASSWORD" ] || fail "MYSQL_USER must have a password, got none; set MYSQL_PASSWORD_FILE"
}

${engine.passwords}  [ -n "$MYSQL_ROOT_HOST" ] || MYSQL_ROOT_HOST=%
  [ "$MYSQL_ROOT_HOST" != localhost ] || return 0
  echo "CREATE USER 'root'@$(text "$MYSQL_ROOT_HOST") IDENTIFIED BY $real;"
  echo "GRANT ALL ON *.* TO 'root'@$(text "$MYSQL_ROOT_HOST") WITH GRANT OPTION;"
}

first_statements() {
  root_statements
  [ -z "$MYSQL_DATABASE" ] || echo "CREATE DATABASE IF NOT EXISTS $(identifier "$MYSQL_DATABASE");"
  [ -n "$MYSQL_USER" ] || return 0
  echo "CREATE USER $(text "$MYSQL_USER")@'%' IDENTIFIED BY $(text "$MYSQL_PASSWORD");"
  [ -z "$MYSQL_DATABASE" ] || echo "GRANT ALL ON $(pattern "$MYSQL_DATABASE").* TO $(text "$MYSQL_USER")@'%';"
}

has_scripts() {
  for script in "$scripts"/*.sh "$scripts"/*.sql "$scripts"/*.sql.gz; do [ ! -e "$script" ] || return 0; done
  return 1
}

# A program in the foreground would keep the shell from acting on SIGTERM.
stop() {
  trap - TERM INT EXIT
  [ -z "$child" ] || kill "$child" 2>/dev/null || true
  [ -z "$child" ] || wait "$child" || true
  exit 143
}

initialise() {
  read_settings
  access=
  ! has_scripts || [ -z "$MYSQL_ROOT_PASSWORD" ] || access=$(random)
  (umask 077 && first_statements >"$run/init.sql")
  rm -rf "$fresh"
  note "making the data directory"
${engine.make}  child=$!
  wait "$child" || fail "the data directory could not be made, see above"
  child=
  rm "$run/init.sql"
  ! has_scripts || run_scripts "$@"
  sync
  mv "$fresh" "$data"
  sync
  note "the data directory is ready"
}

# For scripts, under the name that the official image gave it.
docker_process_sql() {
  if [ -n "$MYSQL_DATABASE" ]; then set -- --database="$MYSQL_DATABASE" "$@"; fi
  ${engine.client} --defaults-file="$run/init.cnf" "$@"
}

run_scripts() {
  (umask 077 && printf '[client]\nuser=root\npassword=%s\nsocket=%s\n' "$access" "$run/mysqld.sock" >"$run/init.cnf")
  "$@" --datadir="$fresh" --tmpdir="$spool" --skip-networking${engine.options} &
  child=$!
  until ${engine.client} --defaults-file="$run/init.cnf" -BNe 'DO 0' 2>/dev/null; do
    kill -0 "$child" 2>/dev/null || fail "the first server ended, see above"
    sleep 0.2
  done
  trap 'note "error: $script failed; nothing was kept"' EXIT
  for script in "$scripts"/*; do run_script "$script"; done
  trap - EXIT
${engine.discard}  rm "$run/init.cnf"
  kill "$child"
  wait "$child" || fail "the first server did not end well, see above"
  child=
}

run_script() {
  case $1 in
    *.sh | *.sql | *.sql.gz) note "running $1" ;;
    *) [ ! -e "$1" ] || note "ignoring $1" ;;
  esac
  case $1 in
    *.sh) (run_shell "$1") ;;
    *.sql) docker_process_sql <"$1" ;;
    *.sql.gz) gunzip -c "$1" | docker_process_sql ;;
  esac
}

run_shell() {
  trap - TERM INT EXIT
  export MYSQL_ROOT_PASSWORD MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD
  if [ -x "$1" ]; then "$1"; else . "$1"; fi
}

# An account that may do nothing but log in, with a new password at every start.
prepare_health() {
  password=$(random)
  umask 077
  printf '[client]\nprotocol=tcp\nhost=127.0.0.1\nuser=health\npassword=%s\n${engine.healthOptions}' "$password" >"$run/health.cnf"
  echo "CREATE USER IF NOT EXISTS 'health'@'127.0.0.1' IDENTIFIED BY '$password';" >"$run/start.sql"
  echo "ALTER USER 'health'@'127.0.0.1' IDENTIFIED BY '$password';" >>"$run/start.sql"
  umask 022
}

${engine.functions}check_volume() {
  [ "$(id -u)" != 0 ] || fail "the server must not run as root; run the container as 999:999"
  [ -w "$volume" ] || fail "$volume must be writable by $(id -u):$(id -g), got owner $(stat -c %u:%g "$volume"); change its owner"
  exec 9>"$volume/.lock"
  flock -n 9 || fail "$volume must belong to one server, got another that runs on it; stop that one"
  ! has_data || return 0
  for path in "$volume"/* "$volume"/.[!.]*; do
    case $path in
      "$fresh" | "$spool" | "$volume/.lock" | "$volume/lost+found") ;;
      *) [ ! -e "$path" ] || fail "$volume must be empty at the first start, got $path; use another volume, or move a data directory${engine.whose} to $data" ;;
    esac
  done
}

case $1 in
${engine.names}  *) exec "$@" ;;
esac
case " $* " in *" --help "* | *" --version "* | *" -V "* | *" -? "*) exec "$@" ;; esac

trap stop TERM INT
check_volume
rm -rf "$spool"
mkdir "$spool"
has_data || initialise "$@"
prepare_health
unset MYSQL_ROOT_PASSWORD MYSQL_PASSWORD
trap - TERM INT
exec "$@" --datadir="$data" --tmpdir="$spool" --init-file="$run/start.sql"
`;
