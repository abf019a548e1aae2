import { containerRule, unless } from "../rule";

export const devices = containerRule({
  id: "CIS-5.18",
  severity: "error",
  cis: "5.18",
  owasp: [],
  must: "no device of the host must be given",
  why: "a raw disk or memory device is the whole host",
  mend: "leave devices out",
  check: ({ attributes }) => [
    ...attributes.blocks("devices").map((device) => device.text("host_path")),
    ...unless(attributes.blocks("device_requests").length === 0, "device_requests"),
    ...unless(!attributes.has("gpus") || attributes.text("gpus") === "", attributes.shown("gpus")),
  ],
});
