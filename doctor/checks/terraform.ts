import { unless, type Check } from "../check";

const OLDEST = [1, 7] as const;

export const terraform: Check = {
  id: "HOST-TERRAFORM",
  severity: "error",
  must: `terraform of this machine must be ${OLDEST.join(".")} or newer`,
  why: "the plan is made by it, and what is used here came with that version",
  mend: "install it as https://developer.hashicorp.com/terraform/install says",
  check: ({ terraform: version }) => unless(version !== undefined && isNewEnough(version), { got: version ?? "none on PATH" }),
};

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
