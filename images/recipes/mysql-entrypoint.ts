import { databaseEntrypoint } from "./database-entrypoint";

/** The start of MySQL; the data directory is `data` in the volume. */
export const MYSQL_ENTRYPOINT = databaseEntrypoint({
  data: "data",
  whose: "",
  setting: "setting",
  passwords: String.raw`# A second password of root lets the scripts in, so that the real one is never written to an option file.
root_statements() {
  real=$(text "$MYSQL_ROOT_PASSWORD")
  if [ -n "$access" ]; then
    echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$access';"
    echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $real RETAIN CURRENT PASSWORD;"
  else
    echo "ALTER USER 'root'@'localhost' IDENTIFIED BY $real;"
  fi
`,
  make: String.raw`  "$@" --datadir="$fresh" --tmpdir="$spool" --initialize-insecure --init-file="$run/init.sql" &
`,
  client: "mysql",
  options: " --mysqlx=OFF",
  discard: String.raw`  [ -z "$access" ] || echo "ALTER USER 'root'@'localhost' DISCARD OLD PASSWORD;" | mysql --defaults-file="$run/init.cnf"
`,
  healthOptions: "",
  functions: String.raw`# A data directory of the server: the official image has its own one level higher, where a directory called data is a schema's, without
# directories in it.
has_data() { [ -f "$data/mysql.ibd" ] && [ -d "$data/mysql" ]; }

`,
  names: String.raw`  -*) set -- mysqld "$@" ;;
  mysqld) ;;
`,
});
