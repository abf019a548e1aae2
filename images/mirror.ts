import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { mirrorMissing, mirrorOfAnother } from "./image-error";

interface Source {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
}

/**
 * The Debian mirror: that of `DEBIAN_MIRROR`, else the one that this machine's own apt uses for its release: first entry of that codename
 * with the component main, else the first entry of all. Sources of third parties carry other suites or components, and the mirror of another
 * distribution has no Debian suites.
 *
 * @throws ImageError MIRROR_MISSING
 */
export function hostMirror(root = "/", env: NodeJS.ProcessEnv = process.env): string {
  if (env["DEBIAN_MIRROR"]) return env["DEBIAN_MIRROR"];
  const release = readText(join(root, "etc/os-release"));
  const distribution = /^ID="?([^"\n]*)"?$/m.exec(release)?.[1];
  if (distribution !== undefined && distribution !== "debian") throw mirrorOfAnother(distribution);
  const files = sourceFiles(join(root, "etc/apt"));
  const sources = files.flatMap((file) => parseSources(file, readText(file)));
  const codename = /^VERSION_CODENAME=(\S+)$/m.exec(release)?.[1] ?? "";
  const own = sources.find(({ suites, components }) => suites.includes(codename) && components.includes("main"));
  const uri = (own ?? sources[0])?.uri;
  if (uri === undefined) throw mirrorMissing(join(root, "etc/apt"));
  return uri;
}

/** Reads both formats: one line per source (`*.list`), and stanzas (`*.sources`). */
export function parseSources(file: string, text: string): Source[] {
  const found = file.endsWith(".sources") ? parseStanzas(text) : parseLines(text);
  return found.filter(({ uri }) => /^(https?|file|copy|mirror[+a-z]*):/.test(uri));
}

function parseLines(text: string): Source[] {
  return text.split("\n").flatMap((line) => {
    const [, uri, suite, components] = /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)(.*)$/.exec(line) ?? [];
    if (uri === undefined || suite === undefined) return [];
    return [{ uri, suites: [suite], components: words(components?.replace(/#.*/, "")) }];
  });
}

function parseStanzas(text: string): Source[] {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const value = (key: string): string[] =>
      words(new RegExp(`^${key}:(.*(?:\\n[ \\t].*)*)`, "im").exec(stanza)?.[1]?.replace(/^\s*#.*/gm, ""));
    if (!value("Types").includes("deb") || value("Enabled")[0] === "no") return [];
    return value("URIs").map((uri) => ({ uri, suites: value("Suites"), components: value("Components") }));
  });
}

function sourceFiles(directory: string): string[] {
  const parts = join(directory, "sources.list.d");
  const names = readable(() => readdirSync(parts), []).filter((name) => /\.(list|sources)$/.test(name));
  return [join(directory, "sources.list"), ...names.sort().map((name) => join(parts, name))];
}

function readText(file: string): string {
  return readable(() => readFileSync(file, "utf8"), "");
}

function readable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function words(text = ""): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
