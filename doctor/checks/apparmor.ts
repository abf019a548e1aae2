import { ofEngine, unless, type Check } from "../check";
import type { HostFacts } from "../host-facts";
import { install, kernelParameters } from "../kernel";
import { hasOption } from "./user-namespaces";

export const apparmor: Check = {
  id: "HOST-APPARMOR",
  severity: "warning",
  cis: "5.2",
  owasp: ["6"],
  must: "containers must run under AppArmor or SELinux",
  why: "it keeps a container that broke out of its mounts from the host's files",
  mend: "install AppArmor, and start the host with a kernel that has it",
  check: ofEngine(({ info }, { host }) =>
    unless(hasOption(info, "apparmor") || hasOption(info, "selinux"), {
      got: "neither",
      ...(host === undefined ? {} : { commands: commands(host) }),
    }),
  ),
};

const commands = (host: HostFacts): string[] => [
  ...install(host, host.kernelHasAppArmor ? "apparmor" : "apparmor linux-image-$(dpkg --print-architecture)"),
  ...kernelParameters("apparmor=1 security=apparmor"),
];
