import { containerRule, unless } from "../rule";

export const cgroup = containerRule({
  id: "CIS-5.25",
  severity: "error",
  cis: "5.25",
  owasp: ["7"],
  must: "container must stay in the engine's cgroup",
  why: "elsewhere the caps of the engine and its accounting do not hold",
  mend: "leave cgroup_parent and cgroupns_mode out",
  check: ({ attributes }) => [
    ...unless(attributes.text("cgroup_parent") === "", attributes.shown("cgroup_parent")),
    ...unless(attributes.text("cgroupns_mode") !== "host", attributes.shown("cgroupns_mode")),
  ],
});
