import { instructions } from "../dockerfile";
import { containerRule, unless } from "../rule";

export const imageHealthcheck = containerRule({
  id: "CIS-4.6",
  severity: "warning",
  cis: "4.6",
  owasp: [],
  must: "Dockerfile must have a HEALTHCHECK",
  why: "whoever runs the image by hand sees whether it works",
  mend: "add HEALTHCHECK to the Dockerfile",
  check: ({ image }) => {
    if (image?.dockerfile === undefined) return [];
    const probes = instructions(image.dockerfile, "HEALTHCHECK");
    return unless(
      probes.some((probe) => !/^NONE$/i.test(probe)),
      probes.length === 0 ? "none" : "HEALTHCHECK NONE",
    );
  },
});
