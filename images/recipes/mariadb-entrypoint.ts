import { databaseEntrypoint } from "./database-entrypoint";

const SYSTEM = "/usr/share/mariadb/mariadb";

/** The start of MariaDB; the data directory is `mariadb` in the volume, so that neither server takes the other's for its own. */
export const MARIADB_ENTRYPOINT = databaseEntrypoint({
  data: "mariadb",
  whose: " of MariaDB",
  setting: "either",
  passwords: String.raw`# A second password of root lets the scripts in, so that the real one is never written to an option file.
root_statements() {
  real=$(text "$MYSQL_ROOT_PASSWORD")
  second=
  [ -z "$access" ] || second=" OR mysql_native_password USING PASSWORD('$access')"
  echo "ALTER USER 'root'@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD($real)$second;"
`,
  make: String.raw`  system_statements | "$@" --datadir="$fresh" --tmpdir="$spool" --bootstrap --skip-log-bin --enforce-storage-engine= --max-allowed-packet=8M >&2 &
`,
  client: "mariadb",
  options: " --skip-log-bin",
  discard: String.raw`  [ -z "$access" ] ||
    echo "ALTER USER 'root'@'localhost' IDENTIFIED VIA mysql_native_password USING PASSWORD($(text "$MYSQL_ROOT_PASSWORD"));" | mariadb --defaults-file="$run/init.cnf"
`,
  // The server's certificate is its own, made at each start; the probe does not leave the container.
  healthOptions: String.raw`disable-ssl-verify-server-cert\n`,
  functions: String.raw`# Either name of a setting; the server's own comes first.
either() {
  other=MARIADB_${"$"}{1#MYSQL_}
  setting "$other"
  eval "own=\$$other"
  if [ -n "$own" ]; then eval "$1=\$own"; else setting "$1"; fi
}

# The system tables, root without its ways in without a password, then what the settings ask for. The server takes one statement up to ";" at
# the end of a line, and ends at the first that fails.
system_statements() {
  mkdir "$fresh"
  echo "CREATE DATABASE mysql; USE mysql; SET @auth_root_socket = NULL;" | sed 's/; /;\n/g'
  cat ${SYSTEM}_system_tables.sql ${SYSTEM}_performance_tables.sql ${SYSTEM}_system_tables_data.sql /usr/share/mariadb/maria_add_gis_sp_bootstrap.sql ${SYSTEM}_sys_schema.sql
  echo "DELETE FROM mysql.global_priv WHERE User = 'root' AND Host <> 'localhost';"
  echo "DELETE FROM mysql.proxies_priv;"
  echo "FLUSH PRIVILEGES;"
  cat "$run/init.sql"
}

# A data directory of the server, which has this table where MySQL has another.
has_data() { [ -f "$data/ibdata1" ] && [ -f "$data/mysql/global_priv.frm" ]; }

`,
  names: String.raw`  -*) set -- mariadbd "$@" ;;
  mysqld) shift; set -- mariadbd "$@" ;;
  mariadbd) ;;
`,
});
