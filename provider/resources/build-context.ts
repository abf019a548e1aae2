import { createReadStream } from "node:fs";
import { lstat, readlink, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { pack, type Header, type Pack } from "tar-stream";
import { contextFiles, type ContextFile } from "../../engine/context-files";
import { DiagnosticError } from "../diagnostic";
import { text, type ObjectValue } from "../value";

const DIRECTORY_MODE = 0o755;
const PROGRAM_MODE = 0o755;
const FILE_MODE = 0o644;
const ANY_EXECUTE = 0o111;

/** The same for every checkout: owner, time and all of the mode but its executable bit are left out. */
const NORMAL = { mtime: new Date(0), uid: 0, gid: 0, uname: "", gname: "" } as const;

/**
 * The files of a build's context as a tar stream, sorted, without what `.dockerignore` leaves out.
 * @throws DiagnosticError when the directory or the Dockerfile is not there; the stream fails with one for a file that cannot be read
 */
export async function buildContext(build: ObjectValue): Promise<Readable> {
  const directory = text(build["context"]) ?? "";
  const dockerfile = text(build["dockerfile"]) || "Dockerfile";
  await requirePath(directory, "context", "a directory", (entry) => entry.isDirectory());
  await requirePath(join(directory, dockerfile), "dockerfile", "a file inside the context", (entry) => entry.isFile());
  const tar = pack();
  addFiles(tar, directory, dockerfile).then(
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
    `build.context must have files that can be read, got ${reason} in ${directory}; let this user read it, or name it in .dockerignore`,
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

async function addFiles(tar: Pack, root: string, dockerfile: string): Promise<void> {
  for (const file of contextFiles(root, dockerfile)) await addFile(tar, root, file);
}

async function addFile(tar: Pack, root: string, { path, kind }: ContextFile): Promise<void> {
  const source = join(root, path);
  if (kind === "directory") return add(tar, { name: path, type: "directory", mode: DIRECTORY_MODE });
  if (kind === "link") return add(tar, { name: path, type: "symlink", linkname: await readlink(source) });
  const { mode, size } = await lstat(source);
  const file = { ...NORMAL, name: path, mode: mode & ANY_EXECUTE ? PROGRAM_MODE : FILE_MODE, size };
  await pipeline(createReadStream(source), tar.entry(file));
}

function add(tar: Pack, header: Partial<Header> & Pick<Header, "name">): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry({ ...NORMAL, ...header }, (error) => (error ? reject(error) : resolve()));
  });
}
