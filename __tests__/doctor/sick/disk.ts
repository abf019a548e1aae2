import { printing, withInfo, withStack } from "../patient";
import type { SickHost } from "./host";

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

/** Disks and memory that need a mend. */
export const DISK: readonly SickHost[] = [
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
    "HOST-DIRECTORIES",
    "lets programs be run from data, on a file system that is mounted above it",
    printing(/srv\/data\nrw,nosuid,nodev,noexec/, "srv\nrw,nosuid,nodev"),
    [{ got: "/srv/data mounted without noexec", commands: own("/srv/data", "/var/lib/srv-data.ext4", "nodev,nosuid,noexec") }],
  ],
];
