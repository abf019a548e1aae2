import { containerRule } from "../rule";

export const propagation = containerRule(
  {
    id: "CIS-5.20",
    severity: "error",
    cis: "5.20",
    owasp: [],
    must: "mounts must not be shared with the host",
    why: "what the container mounts would appear on the host",
    mend: "leave propagation out, or use rslave",
    check: ({ attributes }) =>
      attributes.blocks("mounts").flatMap((mount) =>
        mount
          .blocks("bind_options")
          .filter((options) => /^r?shared$/.test(options.text("propagation")))
          .map((options) => `${options.text("propagation")} at ${mount.text("target")}`),
      ),
  },
  () => true,
);
