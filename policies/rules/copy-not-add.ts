import { instructions } from "../dockerfile";
import { containerRule } from "../rule";

/** An archive of the build's directory is what ADD is for. */
const ARCHIVE = /^(?:--\S+\s+)*[^\s:]+\.(?:tar|tar\.\w+|tgz|txz)\s/;

export const copyNotAdd = containerRule({
  id: "CIS-4.9",
  severity: "warning",
  cis: "4.9",
  owasp: ["13"],
  must: "Dockerfile must COPY rather than ADD",
  why: "ADD fetches from the network what nobody has checked",
  mend: "write COPY, and fetch with a checksum",
  check: ({ image }) =>
    instructions(image?.dockerfile ?? "", "ADD")
      .filter((add) => !ARCHIVE.test(add))
      .map((add) => `ADD ${add}`),
});
