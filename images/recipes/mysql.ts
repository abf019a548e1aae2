import type { PackageRecipe } from "../recipe";

/** MySQL 9.7 that honours the official image's environment, paths and signals. */
export const mysqlRecipe: PackageRecipe = {
  name: "mysql",
  version: "9.7",
  suite: "sid",
  packages: ["mysql-server-core", "mysql-client-core", "util-linux"],
  paths: ["/usr/sbin/mysqld", "/usr/bin/mysql", "/usr/bin/mysqldump", "/usr/bin/flock"],
  directories: [{ path: "/var/lib/mysql", mode: 0o750, uid: 999, gid: 999 }],
  users: [{ name: "mysql", uid: 999, home: "/var/lib/mysql" }],
  config: {
    entrypoint: ["docker-entrypoint.sh"],
    cmd: ["mysqld"],
    user: "999:999",
    stopSignal: "SIGTERM",
    exposedPorts: [3306],
  },
};
