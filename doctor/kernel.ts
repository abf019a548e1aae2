import type { HostFacts } from "./host-facts";

/** Puts words on the kernel's command line for the next start of the host; it takes GRUB. */
export const kernelParameters = (words: string): string[] => [
  `sed -i 's/^GRUB_CMDLINE_LINUX="/&${words.replaceAll("/", "\\/")} /' /etc/default/grub`,
  "update-grub",
  "reboot",
];

/** Installs a package of the distribution, where apt is how. */
export const install = ({ programs }: HostFacts, name: string): string[] =>
  programs.has("apt-get") ? [`apt-get install -y --no-install-recommends ${name}`] : [];
