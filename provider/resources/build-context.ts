import { createReadStream } from "node:fs";
import { lstat, readdir, readFile, readlink, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack, type Header, type Pack } from "tar-stream";
import { DiagnosticError } from "../diagnostic";
import { parseIgnoreFile, type IgnoreRules } from "./ignore-file";

const IGNORE_FILE = ".dockerignore";
const DIRECTORY_MODE = 0o755;
const PROGRAM_MODE = 0o755;
const FILE_MODE = 0o644;
const ANY_EXECUTE = 0o111;

/** The same for every checkout: owner, time and all of the mode but its executable bit are left out. */
const NORMAL = { mtime: new Date(0), uid: 0, gid: 0, uname: "", gname: "" } as const;

/**
 * The files of a build context as a tar stream, sorted, without what `.dockerignore` leaves out.
 * @throws DiagnosticError when the directory or the Dockerfile is not there; the stream fails with one for a file that cannot be read
 */
export async function buildContext(directory: string, dockerfile: string): Promise<Readable> {
  await requirePath(directory, "context", "a directory", (entry) => entry.isDirectory());
  await requirePath(join(directory, dockerfile), "dockerfile", "a file inside the context", (entry) => entry.isFile());
  const rules = await readRules(directory, posix.normalize(dockerfile));
  const tar = pack();
  addDirectory(tar, directory, "", rules).then(
    () => tar.finalize(),
    (error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(readable(tar, directory));
}

async function* readable(tar: Pack, directory: string): AsyncGenerator<Buffer> {
  try {
    yield* tar as AsyncIterable<Buffer>;
  } catch (error) {
    throw unreadable(directory, error);
  }
}

function unreadable(directory: string, cause: unknown): DiagnosticError {
  const reason = String(cause).replace(/^Error: /, "");
  return new DiagnosticError(
    "Build context cannot be read",
    `build.context must have files that can be read, got ${reason} in ${directory}; let this user read it, or name it in ${IGNORE_FILE}`,
    { path: ["build"], cause },
  );
}

async function requirePath(
  path: string,
  attribute: string,
  wanted: string,
  accept: (entry: Awaited<ReturnType<typeof stat>>) => boolean,
): Promise<void> {
  const entry = await stat(path).catch(() => undefined);
  if (entry && accept(entry)) return;
  throw new DiagnosticError(
    "Build context is not usable",
    `build.${attribute} must be ${wanted}, got ${path}, which ${entry ? "is something else" : "does not exist"}`,
    { path: ["build"] },
  );
}

/** The builder needs the Dockerfile and the ignore file even where they are ignored. */
async function readRules(directory: string, dockerfile: string): Promise<IgnoreRules> {
  const content = await readFile(join(directory, IGNORE_FILE), "utf8").catch(() => "");
  const rules = parseIgnoreFile(content);
  return {
    hasExceptions: rules.hasExceptions || dockerfile.includes("/"),
    ignores: (path) => path !== dockerfile && path !== IGNORE_FILE && rules.ignores(path),
  };
}

async function addDirectory(tar: Pack, root: string, path: string, rules: IgnoreRules): Promise<void> {
  const names = (await readdir(join(root, path))).sort();
  for (const name of names) await addEntry(tar, root, posix.join(path, name), rules);
}

async function addEntry(tar: Pack, root: string, path: string, rules: IgnoreRules): Promise<void> {
  const entry = await lstat(join(root, path));
  const ignored = rules.ignores(path);
  if (entry.isDirectory()) {
    if (!ignored) await add(tar, { name: path, type: "directory", mode: DIRECTORY_MODE });
    if (!ignored || rules.hasExceptions) await addDirectory(tar, root, path, rules);
  } else if (!ignored && entry.isSymbolicLink()) {
    await add(tar, { name: path, type: "symlink", linkname: await readlink(join(root, path)) });
  } else if (!ignored && entry.isFile()) {
    const mode = entry.mode & ANY_EXECUTE ? PROGRAM_MODE : FILE_MODE;
    await pipeline(createReadStream(join(root, path)), tar.entry({ ...NORMAL, name: path, mode, size: entry.size }));
  }
}

function add(tar: Pack, header: Partial<Header> & Pick<Header, "name">): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ ...NORMAL, ...header }, (error) => (error ? reject(error) : resolve()));
  });
}
