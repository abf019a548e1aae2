import type { PackageRecipe } from "../recipe";

/** Redis 8.0 with data in `/data`, owned by 999:999. */
export const redisRecipe: PackageRecipe = {
  name: "redis",
  version: "8.0",
  suite: "trixie",
  packages: ["redis-server", "redis-tools"],
  paths: ["/usr/bin/redis-server", "/usr/bin/redis-check-rdb", "/usr/bin/redis-cli"],
  directories: [{ path: "/data", mode: 0o750, uid: 999, gid: 999 }],
  users: [{ name: "redis", uid: 999, home: "/data" }],
  config: {
    cmd: ["redis-server", "--protected-mode", "no"],
    user: "999:999",
    workingDirectory: "/data",
    stopSignal: "SIGTERM",
    exposedPorts: [6379],
  },
};
