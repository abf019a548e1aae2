import type { Fault } from "../../doctor/check";
import { diagnose } from "../../doctor/diagnosis";
import type { Reading } from "../../doctor/reading";
import { checks } from "../../doctor/registry";
import { healthy, printing, withEngine, withHost, withInfo, withStack } from "./patient";

const outcome = (id: string, reading: Reading): unknown => checks.find((check) => check.id === id)?.check(reading);

const GRUB = (words: string): string[] => [`sed -i 's/^GRUB_CMDLINE_LINUX="/&${words} /' /etc/default/grub`, "update-grub", "reboot"];
const PRUNE = ["docker system df", "docker image prune -a", "docker builder prune"];
const moved = (gib: number): string[] => [
  `fallocate -l ${String(gib)}G /var/lib/var-lib-docker.ext4`,
  "mkfs.ext4 -q /var/lib/var-lib-docker.ext4",
  "systemctl stop docker.socket docker.service",
  "mkdir -p /mnt/docker-tiers",
  "mount -o loop /var/lib/var-lib-docker.ext4 /mnt/docker-tiers",
  "cp -a /var/lib/docker/. /mnt/docker-tiers/",
  "umount /mnt/docker-tiers",
  "echo '/var/lib/var-lib-docker.ext4 /var/lib/docker ext4 loop 0 2' >>/etc/fstab",
  "mount /var/lib/docker",
  "systemctl start docker",
];
const own = (path: string, image: string, options: string): string[] => [
  `fallocate -l 42G ${image}`,
  `mkfs.ext4 -q ${image}`,
  `mkdir -p ${path}`,
  `echo '${image} ${path} ext4 loop,${options} 0 2' >>/etc/fstab`,
  `mount ${path}`,
];
const OLD = { version: "20.10.24", api: "1.41", oldestApi: "1.12" };
const DIRECT = (bridge: string): string =>
  `DOCKER-USER ! -i ${bridge} -o ${bridge} -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -j DROP`;
const SILENT = { ...healthy(), engine: undefined, silence: "DOCKER_HOST_UNREACHABLE: connect ENOENT" };
const without = (...programs: string[]): ReadonlySet<string> =>
  new Set(["apt-get", "systemd", "dockerd"].filter((name) => !programs.includes(name)));
const LOG_OPTIONS = '"log-opts": { "max-size": "10m", "max-file": "3" },\n';
const other = { id: "f".repeat(64), driver: "bridge", options: {}, labels: {} };
const bridge = (icc: string) => [
  {
    ...other,
    name: "bridge",
    options: { "com.docker.network.bridge.default_bridge": "true", "com.docker.network.bridge.enable_icc": icc },
    subnets: [],
  },
];

/** Sick hosts: a check, what it is called with, and what it has to say. */
const SICK: readonly (readonly [id: string, what: string, reading: Reading, faults: readonly Fault[]])[] = [
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
  ["HOST-STORAGE-DRIVER", "uses vfs", withInfo({ Driver: "vfs" }), [{ got: "vfs", settings: { "storage-driver": "overlay2" } }]],
  [
    "HOST-D-TYPE",
    "has an xfs without ftype",
    withInfo({ DriverStatus: [["Supports d_type", "false"]] }),
    [{ got: "one without", commands: ["mkfs.xfs -n ftype=1 DEVICE", "mount DEVICE /var/lib/docker"] }],
  ],
  [
    "HOST-NATIVE-DIFF",
    "has a kernel that redirects directories",
    withInfo({ DriverStatus: [["Native Overlay Diff", "false"]] }),
    [
      {
        got: "none",
        commands: [
          "echo 'options overlay redirect_dir=off metacopy=off' >/etc/modprobe.d/overlay.conf",
          "echo N >/sys/module/overlay/parameters/redirect_dir",
          "echo N >/sys/module/overlay/parameters/metacopy",
        ],
      },
    ],
  ],
  ["HOST-DATA-SPACE", "is nearly full", printing("89388948", "4194304"), [{ got: "4.0 GiB of 98.3 GiB", commands: PRUNE }]],
  ["HOST-DATA-TYPE", "keeps images in memory", printing("ext4", "tmpfs"), [{ got: "tmpfs at /var/lib/docker", commands: moved(42) }]],
  [
    "HOST-DATA-PARTITION",
    "has one file system for all",
    printing("\n2065\n", "\n2049\n"),
    [{ got: "the root file system at /var/lib/docker", commands: moved(42) }],
  ],
  [
    "HOST-CGROUP",
    "has control groups of version 1",
    withInfo({ CgroupVersion: "1" }),
    [{ got: "version 1", commands: GRUB("systemd.unified_cgroup_hierarchy=1") }],
  ],
  [
    "HOST-CONTROLLERS",
    "has a kernel without memory and pids",
    withInfo({ MemoryLimit: false, PidsLimit: false }),
    [{ got: "none of memory, pids", commands: GRUB("cgroup_enable=memory systemd.unified_cgroup_hierarchy=1") }],
  ],
  [
    "HOST-SWAP",
    "does not account for swap",
    withInfo({ SwapLimit: false }),
    [{ got: "no accounting", commands: GRUB("cgroup_enable=memory swapaccount=1") }],
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
    "HOST-ICC",
    "lets containers of the default bridge meet",
    withEngine({ networks: bridge("true") }),
    [{ got: "icc = true", settings: { icc: false } }],
  ],
  ["HOST-USERNS", "maps no users", withInfo({ SecurityOptions: [] }), [{ got: "no mapping", settings: { "userns-remap": "default" } }]],
  ["HOST-SECCOMP", "has a kernel without seccomp", withInfo({ SecurityOptions: ["name=apparmor"] }), [{ got: "none" }]],
  [
    "HOST-SECCOMP",
    "has switched seccomp off",
    printing('"icc": false,', '"seccomp-profile": "unconfined",', withInfo({ SecurityOptions: ["name=seccomp,profile=unconfined"] })),
    [{ got: "unconfined", settings: { "seccomp-profile": undefined } }],
  ],
  [
    "HOST-APPARMOR",
    "has AppArmor off",
    withInfo({ SecurityOptions: [] }),
    [{ got: "neither", commands: ["apt-get install -y --no-install-recommends apparmor", ...GRUB("apparmor=1 security=apparmor")] }],
  ],
  [
    "HOST-APPARMOR",
    "has a kernel without AppArmor",
    withHost({ kernelHasAppArmor: false }, withInfo({ SecurityOptions: [] })),
    [
      {
        got: "neither",
        commands: [
          "apt-get install -y --no-install-recommends apparmor linux-image-$(dpkg --print-architecture)",
          ...GRUB("apparmor=1 security=apparmor"),
        ],
      },
    ],
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
  [
    "HOST-IPTABLES",
    "keeps the engine from setting rules",
    printing("fd://\n", "fd://\n--iptables=false\n"),
    [{ got: "iptables = false", settings: { iptables: true } }],
  ],
  [
    "HOST-DIRECT-ROUTE",
    "has an old engine and no rule",
    withEngine(OLD),
    [{ got: "an engine that lets them in", commands: [`iptables -w -I ${DIRECT("br-+")}`, `iptables -w -I ${DIRECT("docker0")}`] }],
  ],
  [
    "HOST-SERVICES",
    "has no rule",
    printing("-A INPUT -i br-+ -m conntrack --ctstate NEW -j DROP\n", ""),
    [{ got: "no rule that stops them", commands: ["iptables -w -I INPUT -i br-+ -m conntrack --ctstate NEW -j DROP"] }],
  ],
  [
    "HOST-SERVICES",
    "has bridges of somebody else, whose traffic is not ours to drop",
    withHost({ links: ["br-lan", "br-7ca1e8ffc0a7"] }),
    [{ got: "no rule that stops them", commands: ["iptables -w -I INPUT -i br-7ca1e8ffc0a7 -m conntrack --ctstate NEW -j DROP"] }],
  ],
  [
    "HOST-USERS",
    "has no rule",
    printing(/-A OUTPUT.*\n/, ""),
    [
      {
        got: "no rule that stops them",
        commands: [
          "iptables -w -I OUTPUT -o br-+ -m conntrack --ctstate NEW -m conntrack ! --ctstate DNAT -m owner ! --uid-owner 0 -j DROP",
        ],
      },
    ],
  ],
  [
    "HOST-FIREWALL",
    "accepts everything, our own rule apart",
    withHost({ filter: [":INPUT ACCEPT [0:0]", "-A INPUT -i br-+ -m conntrack --ctstate NEW -j DROP"] }),
    [
      {
        got: "INPUT that accepts everything",
        commands: [
          "apt-get install -y --no-install-recommends ufw",
          "ufw allow OpenSSH",
          "ufw default deny incoming",
          "ufw --force enable",
        ],
      },
    ],
  ],
  [
    "HOST-POOLS",
    "has a pool with the stack's range",
    printing("10.213.0.0/16", "10.20.0.0/16"),
    [{ got: "10.20.0.0/24 in 10.20.0.0/16", settings: { "default-address-pools": [{ base: "10.213.0.0/16", size: 24 }] } }],
  ],
  [
    "HOST-POOLS",
    "has the pools that engines come with",
    printing('"default-address-pools": [{ "base": "10.213.0.0/16", "size": 24 }],', "", withStack({ subnets: ["192.168.7.0/24"] })),
    [{ got: "192.168.7.0/24 in 192.168.0.0/16", settings: { "default-address-pools": [{ base: "10.213.0.0/16", size: 24 }] } }],
  ],
  [
    "HOST-SUBNET",
    "has a network of somebody else there",
    withEngine({ networks: [{ ...other, name: "lan", subnets: ["10.20.0.0/16"] }] }),
    [
      { got: "10.20.0.0/24 that network lan has", commands: ["docker network rm lan"] },
      // Nobody's network owns the bridge that the record has.
      { got: "10.20.0.0/24 while 10.20.0.0/24 is routed to br-7ca1e8ffc0a7" },
    ],
  ],
  [
    "HOST-SUBNET",
    "routes the range elsewhere",
    withHost({ routes: [{ link: "tun0", range: "10.0.0.0/8" }] }),
    [{ got: "10.20.0.0/24 while 10.0.0.0/8 is routed to tun0" }],
  ],
  ["HOST-MEMORY", "is too small", withStack({ memoryMiB: 9000 }), [{ got: "caps of 9000 MiB on a host with 8192 MiB" }]],
  [
    "HOST-MEMORY",
    "is said to have more than it has",
    withStack({ hostMemoryMiB: 16384 }),
    [{ got: "HOST_MEMORY_MIB of 16384 MiB on a host with 8192 MiB" }],
  ],
  [
    "HOST-DISK",
    "has no room for logs",
    withStack({ logMiB: 102400 }),
    [{ got: "85.2 GiB free for logs of up to 100.0 GiB", commands: PRUNE }],
  ],
  [
    "HOST-CLOCK",
    "is an hour behind",
    withEngine({ clockAhead: -3600 }),
    [{ got: "3600.0 s behind", commands: ["apt-get install -y --no-install-recommends systemd-timesyncd", "timedatectl set-ntp true"] }],
  ],
  ["HOST-TERRAFORM", "is deployed to from a machine without terraform", { ...healthy(), terraform: undefined }, [{ got: "none on PATH" }]],
  ["HOST-TERRAFORM", "is deployed to by an old one", { ...healthy(), terraform: "1.6.6" }, [{ got: "1.6.6" }]],
  [
    "HOST-DIRECTORIES",
    "has data on the root file system",
    printing(/2081/g, "2049"),
    [{ got: "/srv/data on the root file system", commands: own("/srv/data", "/var/lib/srv-data.ext4", "nodev,nosuid,noexec") }],
  ],
  [
    "HOST-DIRECTORIES",
    "has logs and data on one file system",
    printing("2097", "2081"),
    [{ got: "/srv/data on that of /srv/logs", commands: own("/srv/data", "/var/lib/srv-data.ext4", "nodev,nosuid,noexec") }],
  ],
  [
    "HOST-DIRECTORIES",
    "lets programs be run from data",
    printing(/(srv\/data\nrw,nosuid,nodev),noexec/, "$1"),
    [{ got: "/srv/data mounted without noexec", commands: ["mount -o remount,noexec /srv/data"] }],
  ],
  [
    "HOST-PORT",
    "has the port in a container of somebody else",
    withEngine({ containers: [{ name: "old-nginx", labels: {}, ports: [{ address: "0.0.0.0", port: 80 }] }] }),
    [{ got: "127.0.0.1:80 of container old-nginx", commands: ["docker stop old-nginx"] }],
  ],
  [
    "HOST-PORT",
    "has the port in a process",
    withEngine({ containers: [] }),
    [{ got: "127.0.0.1:80 of a process", commands: ["ss -ltnp 'sport = :80'"] }],
  ],
];

describe("a healthy host", () => {
  it("has nothing wrong, and nothing that cannot be seen", () => {
    const { findings, unseen, daemonJson } = diagnose(healthy(), checks);
    expect({ findings, unseen, daemonJson }).toEqual({ findings: [], unseen: [], daemonJson: undefined });
  });

  it("passes every check but that for engines of before Docker 28", () => {
    const asked = checks.map(({ id }) => id).filter((id) => id !== "HOST-DIRECT-ROUTE");
    expect(diagnose(healthy(), checks).passed).toEqual(asked);
  });

  it("passes that one, too, with the rules in place", () => {
    const rules = ["br-+", "docker0"].map((name) => `-A ${DIRECT(name)}`).join("\n");
    expect(outcome("HOST-DIRECT-ROUTE", printing("-A DOCKER-USER -j RETURN", rules, withEngine(OLD)))).toEqual([]);
  });
});

describe("a sick host", () => {
  it.each(SICK)("fails %s where it %s", (id, _what, reading, faults) => {
    expect(outcome(id, reading)).toEqual(faults);
  });

  it("is tried for every check", () => {
    expect(new Set(SICK.map(([id]) => id))).toEqual(new Set(checks.map(({ id }) => id)));
  });
});
