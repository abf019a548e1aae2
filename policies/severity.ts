/** `error` stops the plan of its environment, `warning` is told, `off` is not even told. */
export type Severity = "error" | "warning" | "off";

/** How strict an environment is by itself. */
export type Profile = "dev" | "staging" | "prod";

/** Severities by rule id, over those that the rules have. */
export type SeverityOverrides = Readonly<Record<string, Severity>>;

/** What a rule weighs in each profile. */
export type RuleSeverity = Severity | Readonly<Record<Profile, Severity>>;

export const PROFILES = ["dev", "staging", "prod"] as const satisfies readonly Profile[];
export const SEVERITIES = ["error", "warning", "off"] as const satisfies readonly Severity[];

/** What a rule weighs in a profile: in dev an error is a warning. */
export function severityIn(severity: RuleSeverity, profile: Profile): Severity {
  const own = typeof severity === "string" ? severity : severity[profile];
  return profile === "dev" && own === "error" ? "warning" : own;
}
