import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConstructError } from "./errors";
import { packageRoot } from "./package-root";

/** The embedded provider as it was built. */
export interface ProviderBundle {
  /** Folder that holds what Terraform runs, and nothing else. */
  readonly directory: string;
  readonly version: string;
  /** Terraform's hash of the folder: `h1:` and base64. */
  readonly hash: string;
}

const sha256 = (content: string | Buffer): Buffer => createHash("sha256").update(content).digest();

/** Rooms whose sources are in the bundle. */
const SOURCES = ["engine", "provider"];

const known = new Map<string, ProviderBundle>();

/**
 * The bundle that comes with this package.
 *
 * @throws ConstructError `PROVIDER_BUNDLE` when it was not built, or not from the sources beside it
 */
export function providerBundle(root: string = packageRoot()): ProviderBundle {
  const bundle = known.get(root) ?? readBundle(root);
  known.set(root, bundle);
  return bundle;
}

function readBundle(root: string): ProviderBundle {
  const directory = join(root, "dist", "provider");
  const manifest = join(root, "dist", "provider.json");
  if (!existsSync(manifest))
    throw new ConstructError("PROVIDER_BUNDLE", "embedded provider must be built, got no dist/provider.json; run npm run build");
  const { version, sourceHash } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string; sourceHash: string };
  if (existsSync(join(root, "provider")) && sourceHash !== hashOfSources(root)) {
    throw new ConstructError(
      "PROVIDER_BUNDLE",
      "embedded provider must be built from the sources beside it, got an older one; run npm run build",
    );
  }
  return { directory, version, hash: hashOfDirectory(directory) };
}

/** SHA-256 over a line `HASH  PATH` per source, as the build records it. */
function hashOfSources(root: string): string {
  const files = SOURCES.flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((file) => `${room}/${file}`),
  );
  const lines = files
    .filter((file) => /\.(ts|sh)$/.test(file))
    .sort()
    .map((file) => `${sha256(readFileSync(join(root, file))).toString("hex")}  ${file}\n`);
  return sha256(lines.join("")).toString("hex");
}

/** Terraform's `h1` scheme: the files' hashes and names, sorted by name, hashed again. */
function hashOfDirectory(directory: string): string {
  const lines = readdirSync(directory)
    .sort()
    .map((file) => `${sha256(readFileSync(join(directory, file))).toString("hex")}  ${file}\n`);
  return `h1:${sha256(lines.join("")).toString("base64")}`;
}
