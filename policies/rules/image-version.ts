import { tagOf } from "../rendered-image";
import { containerRule } from "../rule";

/** Tags that move on: words without a number, and a lone major version. */
const MOVING = /^(?:[A-Za-z_-]+|v?\d+(?:-[A-Za-z]+)*)$/;

function fault(reference: string): string[] {
  if (/(^|@)sha256:/.test(reference)) return [];
  const tag = tagOf(reference);
  return tag === "" || MOVING.test(tag) ? [reference] : [];
}

export const imageVersion = containerRule(
  {
    id: "TIERS-VERSION",
    severity: "error",
    cis: "5.28",
    owasp: ["0", "13"],
    must: "image must be one exact version",
    why: "the same name would be another program tomorrow, and differ between hosts",
    mend: "name a version such as nginx:1.30.6",
    check: ({ image }) => (image === undefined ? [] : fault(image.reference)),
  },
  () => true,
);
