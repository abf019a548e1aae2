/** Rules that what is declared has to keep. */
export { addPolicies, allow, type AllowOptions, type PolicyOptions } from "./adapter";
export type { RuleId } from "./registry";
export type { Profile, Severity } from "./severity";
