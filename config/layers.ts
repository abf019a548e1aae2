import type { EnvFile, Entry } from "./env-file";

/** What was set for one environment, and which of it counts: process variables over the file. */
export class Layers {
  constructor(
    private readonly environmentName: string,
    private readonly file: EnvFile,
    private readonly env: Readonly<Record<string, string | undefined>>,
  ) {}

  /** The text that counts for a key; an empty one is as good as none, and lets the layer below through. */
  find(key: string): Entry | undefined {
    const variable = variableName(this.environmentName, key);
    const value = this.env[variable] ?? "";
    if (value !== "") return { key, value, where: `variable ${variable}` };
    const entry = this.file.entries.get(key);
    return entry?.value === "" ? undefined : entry;
  }

  /** Where the text that counts was set, or `default`. */
  where(key: string): string {
    return this.find(key)?.where ?? "default";
  }
}

/** `WEB_PORT` of `prod-eu` is the process variable `PROD_EU_WEB_PORT`; without the prefix it never counts. */
export function variableName(environmentName: string, key: string): string {
  return `${environmentName.toUpperCase().replaceAll("-", "_")}_${key}`;
}
