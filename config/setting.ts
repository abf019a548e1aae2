import type { Rule } from "./rules/rule";

/** The environments that have defaults of their own. */
export const BASES = ["dev", "staging", "prod"] as const;

/** Whose defaults an environment starts from. */
export type Base = (typeof BASES)[number];

/** What a setting can mean; undefined is the absence of what has no default. */
export type SettingValue = string | number | undefined;

/** One thing that an environment can set. */
export interface Setting<T extends SettingValue = SettingValue> {
  /** Its name in a file; process variables put the environment's name before it. */
  readonly key: string;
  readonly description: string;
  readonly rule: Rule<T>;
  /** Used where neither the file nor a process variable sets it. */
  readonly defaults: Readonly<Record<Base, T>>;
}

/** Makes a setting; the default of dev stands in for those left out. */
export function setting<T extends SettingValue>(
  key: string,
  description: string,
  rule: Rule<T>,
  dev: NoInfer<T>,
  staging: NoInfer<T> = dev,
  prod: NoInfer<T> = dev,
): Setting<T> {
  return { key, description, rule, defaults: { dev, staging, prod } };
}

/** The text that a file would give a setting to mean its default; empty when the default is to have none. */
export function defaultText(of: Setting, base: Base): string {
  const value = of.defaults[base];
  return value === undefined ? "" : String(value);
}
