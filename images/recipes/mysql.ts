import { ownRecipe } from "../recipe";
import { MYSQL_ENTRYPOINT } from "./mysql-entrypoint";

// Names are not resolved, so that accounts match by address. The X plugin would open a second port that nobody asked for.
const SETTINGS = `[mysqld]
socket=/run/mysqld/mysqld.sock
pid-file=/run/mysqld/mysqld.pid
skip-name-resolve
secure-file-priv=NULL
mysqlx=OFF
innodb_numa_interleave=OFF

[client]
socket=/run/mysqld/mysqld.sock

!includedir /etc/mysql/conf.d/
`;

/** MySQL 9.7 with the official image's environment, paths and signals; runs as 999:999 on a read-only root. */
export const mysqlRecipe = ownRecipe({
  name: "mysql",
  version: "9.7",
  suite: "sid",
  packages: ["mysql-server-core", "mysql-client-core", "util-linux"],
  paths: [
    "/usr/sbin/mysqld",
    "/usr/bin/mysql",
    "/usr/bin/mysqldump",
    "/usr/bin/flock",
    "/usr/lib/mysql/plugin/component_reference_cache.so",
    "/usr/share/mysql/english",
    "/usr/share/mysql/charsets",
  ],
  files: [
    { path: "/etc/mysql/my.cnf", content: SETTINGS },
    { path: "/usr/local/bin/docker-entrypoint.sh", content: MYSQL_ENTRYPOINT, mode: 0o755 },
  ],
  directories: [
    { path: "/docker-entrypoint-initdb.d" },
    { path: "/etc/mysql/conf.d" },
    { path: "/run/mysqld", uid: 999, gid: 999 },
    { path: "/var/lib/mysql", mode: 0o750, uid: 999, gid: 999 },
  ],
  users: [{ name: "mysql", uid: 999, home: "/var/lib/mysql" }],
  config: {
    entrypoint: ["docker-entrypoint.sh"],
    cmd: ["mysqld"],
    user: "999:999",
    stopSignal: "SIGTERM",
    exposedPorts: [3306],
    healthcheck: {
      test: ["CMD", "mysql", "--defaults-file=/run/mysqld/health.cnf", "-BNe", "SELECT 1"],
      intervalSeconds: 5,
      timeoutSeconds: 5,
      startPeriodSeconds: 120,
      retries: 3,
    },
  },
});
