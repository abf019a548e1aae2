import { ofEngine, unless, type Check } from "../check";
import { install } from "../kernel";

const MOST_SECONDS = 5;

export const clock: Check = {
  id: "HOST-CLOCK",
  severity: "warning",
  must: `clocks of the host and of this machine must differ by ${String(MOST_SECONDS)} s at most`,
  why: "certificates are not valid yet, sessions end early, and logs of two hosts cannot be laid side by side",
  mend: "let the network set the clock, there and here",
  check: ofEngine(({ clockAhead }, { host }) =>
    unless(Math.abs(clockAhead) <= MOST_SECONDS, {
      got: `${Math.abs(clockAhead).toFixed(1)} s ${clockAhead > 0 ? "ahead" : "behind"}`,
      commands: [...(host === undefined ? [] : install(host, "systemd-timesyncd")), "timedatectl set-ntp true"],
    }),
  ),
};
