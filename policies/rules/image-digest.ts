import { isContentAddressed } from "../rendered-image";
import { containerRule } from "../rule";

export const imageDigest = containerRule(
  {
    id: "TIERS-DIGEST",
    severity: { dev: "off", staging: "warning", prod: "error" },
    cis: "4.2",
    owasp: ["13"],
    must: "image must be pinned to its content",
    why: "a tag can be pushed again; a digest cannot be forged",
    mend: "add @sha256:..., or use ContainerImage.fromPackages or fromBuild",
    check: ({ image }) => (image === undefined || isContentAddressed(image.reference) ? [] : [image.reference]),
  },
  () => true,
);
