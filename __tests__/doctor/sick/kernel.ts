import { printing, withEngine, withHost, withInfo } from "../patient";
import type { SickHost } from "./host";

const GRUB = (words: string): string[] => [`sed -i 's/^GRUB_CMDLINE_LINUX="/&${words} /' /etc/default/grub`, "update-grub", "reboot"];

/** Kernels that need a mend. */
export const KERNEL: readonly SickHost[] = [
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
    "HOST-CLOCK",
    "is an hour behind",
    withEngine({ clockAhead: -3600 }),
    [{ got: "3600.0 s behind", commands: ["apt-get install -y --no-install-recommends systemd-timesyncd", "timedatectl set-ntp true"] }],
  ],
];
