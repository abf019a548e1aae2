import { pick } from "../built-from";
import { containerRule } from "../rule";

/** An archive of the build's directory is what ADD is for. */
const ARCHIVE = /^[^\s:]+\.(?:tar|tar\.\w+|tgz|txz)\s/;

export const copyNotAdd = containerRule({
  id: "CIS-4.9",
  severity: "warning",
  cis: "4.9",
  owasp: ["13"],
  must: "Dockerfile must COPY rather than ADD",
  why: "ADD fetches from the network what nobody has checked",
  mend: "write COPY, and fetch with a checksum",
  check: ({ image }) => pick(image, ({ keyword, text }) => keyword === "ADD" && !ARCHIVE.test(text)),
});
