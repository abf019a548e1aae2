import { ofDaemon, unless, type Check } from "../check";

export const userlandProxy: Check = {
  id: "HOST-USERLAND-PROXY",
  severity: "warning",
  cis: "2.16",
  must: "userland-proxy must be off",
  why: "it is a process of root for each published port that sees what passes and hides who asked",
  mend: "switch it off: the kernel does it alone",
  check: ofDaemon((daemon) => unless(daemon.flag("userland-proxy") === false, { got: "on", settings: { "userland-proxy": false } })),
};
