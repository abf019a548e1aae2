import { existsSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { arch, platform } from "node:process";
import { dirname, join, relative } from "node:path";
import type { ProviderBundle } from "./provider-bundle";
import { EMBEDDED_SOURCE } from "./provider-source";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/**
 * Lets Terraform find the embedded provider from a stack's directory without configuration and registry: an implied mirror that leads to
 * the bundle, and a lock file with its hash. It also stands where `terraform init` would install it: cdktf lets all projects of a user
 * share one plugin cache, in which another build of the same version would take its place.
 */
export function linkProvider(workingDirectory: string, bundle: ProviderBundle): void {
  const target = `${platform}_${ARCHITECTURES[arch] ?? arch}`;
  for (const place of [
    ["terraform.d", "plugins"],
    [".terraform", "providers"],
  ]) {
    link(bundle.directory, join(workingDirectory, ...place, ...EMBEDDED_SOURCE.split("/"), bundle.version, target));
  }
  lock(join(workingDirectory, ".terraform.lock.hcl"), bundle);
}

function link(directory: string, path: string): void {
  const target = relative(dirname(path), directory);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(path) === target) return;
  rmSync(path, { recursive: true, force: true });
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** The lock file also holds other providers' entries: only ours is written. */
function lock(file: string, { version, hash }: ProviderBundle): void {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const others = [...before.matchAll(/^provider "([^"]+)" \{\n[\s\S]*?^\}\n/gm)]
    .filter(([, source]) => source !== EMBEDDED_SOURCE)
    .map(([block]) => block);
  const ours = `provider "${EMBEDDED_SOURCE}" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "${hash}",\n  ]\n}\n`;
  const after = [...others, ours].sort().join("\n");
  if (after !== before) writeFileSync(file, after);
}
