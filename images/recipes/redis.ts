import { ownRecipe } from "../recipe";

// The official image is built with protected mode off: a network of its own protects the server, and a password does.
const ENTRYPOINT = `#!/bin/sh
set -eu
case \${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac
[ "\${1:-}" = redis-server ] || exec "$@"
case " $* " in
  *" --protected-mode "* | *" --version "* | *" -v "* | *" --help "* | *" -h "*) ;;
  *) if [ ! -f "\${2:-}" ] || ! grep -q '^ *protected-mode' "$2"; then set -- "$@" --protected-mode no; fi ;;
esac
exec "$@"
`;

/** Redis 8.0 with data in `/data`; runs as 999:999 on a read-only root. */
export const redisRecipe = ownRecipe({
  name: "redis",
  version: "8.0",
  suite: "trixie",
  packages: ["redis-server", "redis-tools"],
  // The server is a link to the checker: one program under both names.
  paths: ["/usr/bin/redis-server", "/usr/bin/redis-check-rdb", "/usr/bin/redis-cli"],
  files: [{ path: "/usr/local/bin/docker-entrypoint.sh", content: ENTRYPOINT, mode: 0o755 }],
  directories: [
    { path: "/data", uid: 999, gid: 999 },
    { path: "/run/redis", uid: 999, gid: 999 },
  ],
  users: [{ name: "redis", uid: 999, home: "/data" }],
  config: {
    entrypoint: ["docker-entrypoint.sh"],
    cmd: ["redis-server"],
    user: "999:999",
    workingDirectory: "/data",
    stopSignal: "SIGTERM",
    exposedPorts: [6379],
    healthcheck: {
      // A server that asks for a password is up as well; one that still loads its data is not.
      test: ["CMD-SHELL", "redis-cli ping | grep -qE '^(PONG|NOAUTH)'"],
      intervalSeconds: 5,
      timeoutSeconds: 3,
      startPeriodSeconds: 30,
      retries: 3,
    },
  },
});
