import { ofEngine, unless, type Check } from "../check";
import { Daemon } from "../daemon";
import { optionOf } from "./user-namespaces";

export const seccomp: Check = {
  id: "HOST-SECCOMP",
  severity: "error",
  cis: "2.17",
  owasp: ["6"],
  must: "containers must run under a seccomp profile",
  why: "without it they may use every system call, and with it most holes of kernels cannot be reached",
  mend: "take seccomp-profile out of the daemon's settings; where it is not there, run a kernel with CONFIG_SECCOMP_FILTER",
  check: ofEngine(({ info }, reading) => {
    const option = optionOf(info, "seccomp");
    const told = reading.host !== undefined && Daemon.of(reading)?.text("seccomp-profile") !== undefined;
    return unless(option !== undefined && !option.includes("profile=unconfined"), {
      got: option === undefined ? "none" : "unconfined",
      ...(told ? { settings: { "seccomp-profile": undefined } } : {}),
    });
  }),
};
