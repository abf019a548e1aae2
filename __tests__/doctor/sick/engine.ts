import { healthy, printing, withEngine, withHost, withInfo } from "../patient";
import type { SickHost } from "./host";

const SILENT = { ...healthy(), engine: undefined, silence: "DOCKER_HOST_UNREACHABLE: connect ENOENT" };
const without = (...programs: string[]): ReadonlySet<string> =>
  new Set(["apt-get", "systemd", "dockerd"].filter((name) => !programs.includes(name)));
const LOG_OPTIONS = '"log-opts": { "max-size": "10m", "max-file": "3" },\n';

/** Engines that need a mend. */
export const ENGINE: readonly SickHost[] = [
  [
    "HOST-ENGINE",
    "has no engine at all",
    withHost({ programs: without("dockerd"), daemons: [], socket: undefined }, SILENT),
    [
      {
        got: "DOCKER_HOST_UNREACHABLE: connect ENOENT",
        commands: ["apt-get update", "apt-get install -y --no-install-recommends docker.io", "systemctl enable --now docker"],
      },
    ],
  ],
  [
    "HOST-ENGINE",
    "has one that is not started, and no systemd",
    withHost({ programs: without("systemd"), daemons: [], socket: undefined }, SILENT),
    [{ got: SILENT.silence, commands: ["setsid nohup dockerd >>/var/log/dockerd.log 2>&1 </dev/null &"] }],
  ],
  ["HOST-ENGINE", "does not let the user in", SILENT, [{ got: SILENT.silence, commands: ["usermod -aG docker deploy"] }]],
  [
    "HOST-API",
    "has an engine of long ago",
    withEngine({ version: "19.03.15", api: "1.40", oldestApi: "1.12" }),
    [{ got: "1.12 to 1.40 of Docker 19.03.15", commands: ["apt-get update", "apt-get install -y --only-upgrade docker.io"] }],
  ],
  [
    "HOST-API",
    "has an engine of the future",
    withEngine({ version: "40.0", api: "1.90", oldestApi: "1.60" }),
    [{ got: "1.60 to 1.90 of Docker 40.0", commands: ["apt-get update", "apt-get install -y --only-upgrade docker.io"] }],
  ],
  [
    "HOST-LOGS",
    "rotates no logs",
    printing(LOG_OPTIONS, '"log-opts": { "tag": "x" },\n'),
    [{ got: "json-file without max-size", settings: { "log-opts": { tag: "x", "max-size": "10m", "max-file": "3" } } }],
  ],
  [
    "HOST-LIVE-RESTORE",
    "stops containers with the engine",
    withInfo({ LiveRestoreEnabled: false }),
    [{ got: "off", settings: { "live-restore": true } }],
  ],
  [
    "HOST-USERLAND-PROXY",
    "has the proxy on by default",
    printing('"userland-proxy": false,', ""),
    [{ got: "on", settings: { "userland-proxy": false } }],
  ],
  [
    "HOST-USERLAND-PROXY",
    "has the proxy on by a flag",
    printing("fd://\n", "fd://\n--userland-proxy\n"),
    [{ got: "on", settings: { "userland-proxy": false } }],
  ],
  [
    "HOST-SOCKET",
    "has a socket for everybody",
    printing("socket 660", "socket 666"),
    [{ got: "/var/run/docker.sock with mode 666", commands: ["chmod o= /var/run/docker.sock"] }],
  ],
  [
    "HOST-SOCKET",
    "has a socket of somebody else",
    printing("660 root docker", "660 games docker"),
    [{ got: "/var/run/docker.sock of user games", commands: ["chown root:docker /var/run/docker.sock"] }],
  ],
  [
    "HOST-SOCKET-USERS",
    "has two who may use it",
    printing("docker.sock\n::root", "docker.sock\nmallory\ndeploy\nroot\n::root"),
    [{ got: "deploy, mallory in docker", commands: ["gpasswd -d deploy docker", "gpasswd -d mallory docker"] }],
  ],
  [
    "HOST-TCP",
    "listens on tcp by its file",
    printing(/-H\nfd:\/\/\n([\s\S]*?)"icc": false,/, '$1"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"],'),
    [{ got: "tcp://0.0.0.0:2375", settings: { hosts: ["unix:///var/run/docker.sock"] } }],
  ],
  ["HOST-TCP", "listens on tcp by a flag", printing("fd://\n", "tcp://127.0.0.1:2375\n"), [{ got: "tcp://127.0.0.1:2375" }]],
  [
    "HOST-TCP",
    "says so itself where nothing else can be seen",
    { ...withInfo({ Warnings: ["WARNING: API is accessible on http://0.0.0.0:2375 without encryption."] }), host: undefined },
    [{ got: "http://0.0.0.0:2375" }],
  ],
  ["HOST-TERRAFORM", "is deployed to from a machine without terraform", { ...healthy(), terraform: undefined }, [{ got: "none on PATH" }]],
  ["HOST-TERRAFORM", "is deployed to by an old one", { ...healthy(), terraform: "1.6.6" }, [{ got: "1.6.6" }]],
];
