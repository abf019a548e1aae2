import { closest, distance } from "fastest-levenshtein";
import type { EnvFile } from "./env-file";
import { fault, type Fault } from "./fault";
import { variableName } from "./layers";
import { redactByKey } from "./redact";
import { settingList } from "./settings";

const KEYS = settingList.map(({ key }) => key);

/** A fault for each key of a file that is no setting, with the setting that was probably meant. */
export function unknownKeys(environmentName: string, file: EnvFile): Fault[] {
  return [...file.entries.values()]
    .filter(({ key }) => !KEYS.includes(key))
    .map(({ key, value, where }) => fault(key, redactByKey(key, value), "a known setting", where, hint(environmentName, key)));
}

function hint(environmentName: string, key: string): string {
  const prefix = variableName(environmentName, "");
  const bare = key.toUpperCase().replace(new RegExp(`^${prefix}`), "");
  const nearest = closest(bare, KEYS);
  const near = distance(bare, nearest) <= nearest.length / 2;
  return near ? `did you mean ${nearest}?` : `the nearest is ${nearest}; docs/settings.md lists them all`;
}
