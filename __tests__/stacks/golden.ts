import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const path = (environment: string, provider: string): string => join(__dirname, "golden", `${environment}.${provider}.json`);

/** The recorded output of an environment on a provider, as text. `npm run golden` writes it anew. */
export function golden(environment: string, provider: string): string {
  return readFileSync(path(environment, provider), "utf8");
}

export function writeGolden(environment: string, provider: string, text: string): void {
  writeFileSync(path(environment, provider), text);
}
