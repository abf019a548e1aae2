import { ownRecipe } from "../recipe";
import { MARIADB_ENTRYPOINT } from "./mariadb-entrypoint";
import { mysqlRecipe } from "./mysql";

// Names are not resolved, so that accounts match by address. Statements reach no file but what a person put into that directory. The kernel's
// newer interface is not allowed in containers.
const SETTINGS = `[mariadbd]
socket=/run/mysqld/mysqld.sock
pid-file=/run/mysqld/mysqld.pid
skip-name-resolve
secure-file-priv=/docker-entrypoint-initdb.d
loose-innodb_linux_aio=aio

[client]
socket=/run/mysqld/mysqld.sock

!includedir /etc/mysql/conf.d/
`;

/** MariaDB 11.8 with the official image's environment, paths and signals; runs as 999:999 on a read-only root. */
export const mariadbRecipe = ownRecipe({
  ...mysqlRecipe,
  name: "mariadb",
  version: "11.8",
  suite: "trixie",
  packages: ["mariadb-server-core", "mariadb-client-core", "mariadb-client", "util-linux"],
  paths: [
    "/usr/sbin/mariadbd",
    "/usr/bin/mariadb",
    "/usr/bin/mariadb-dump",
    "/usr/bin/flock",
    "/usr/share/mariadb/english",
    "/usr/share/mariadb/charsets",
    "/usr/share/mariadb/*.sql",
  ],
  except: ["/usr/share/mariadb/fill_help_tables.sql", "/usr/share/mariadb/mariadb_test*"],
  files: [
    { path: "/etc/mysql/my.cnf", content: SETTINGS },
    { path: "/usr/local/bin/docker-entrypoint.sh", content: MARIADB_ENTRYPOINT, mode: 0o755 },
  ],
  config: {
    ...mysqlRecipe.config,
    cmd: ["mariadbd"],
    healthcheck: {
      test: ["CMD", "mariadb", "--defaults-file=/run/mysqld/health.cnf", "-BNe", "SELECT 1"],
      intervalSeconds: 5,
      timeoutSeconds: 5,
      startPeriodSeconds: 120,
      retries: 3,
    },
  },
});
