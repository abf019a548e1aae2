import { ofEngine, unless, type Check } from "../check";
import { statusOf } from "./directory-type";

export const nativeDiff: Check = {
  id: "HOST-NATIVE-DIFF",
  severity: "warning",
  must: "overlay2 must use its native diff",
  why: "builds and commits compare whole directories without it",
  mend: "switch the kernel's redirect_dir and metacopy for overlays off, while the engine is stopped, or restart the host",
  check: ofEngine(({ info }) =>
    unless(statusOf(info, "Native Overlay Diff") !== "false", {
      got: "none",
      commands: [
        "echo 'options overlay redirect_dir=off metacopy=off' >/etc/modprobe.d/overlay.conf",
        "echo N >/sys/module/overlay/parameters/redirect_dir",
        "echo N >/sys/module/overlay/parameters/metacopy",
      ],
    }),
  ),
};
