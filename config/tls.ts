import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { fault, type Fault } from "./fault";
import type { Layers } from "./layers";
import { settings } from "./settings";

const FILES = ["ca.pem", "cert.pem", "key.pem"];

/** What a host that is reached by TCP lacks to be safe. */
export function tlsFaults(host: string, directory: string | undefined, layers: Layers): Fault[] {
  const { key, rule } = settings.tlsCertPath;
  const certificates = layers.find(key);
  if (certificates === undefined) {
    const hint = `set ${key}: an unauthenticated daemon port gives root on the host`;
    return [fault(settings.host.key, host, settings.host.rule.accepted, layers.where(settings.host.key), hint)];
  }
  if (directory === undefined) return [];
  const missing = FILES.filter((name) => !isReadable(join(directory, name)));
  if (missing.length === 0) return [];
  return [fault(key, directory, rule.accepted, certificates.where, `cannot read ${missing.join(", ")}`)];
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
