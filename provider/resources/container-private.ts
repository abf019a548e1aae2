import { isObject, textMap, texts, type ObjectValue, type Value } from "../value";

/** What is remembered beside the state of a container. */
export interface ContainerNotes {
  /** It was imported, and the configuration's treatment of it (waiting, grace, ...) has never been applied. */
  readonly imported: boolean;
  /** Names of networks that were found other than the state says: mended in place rather than by a replacement. */
  readonly networks: readonly string[];
  /** Fingerprints of the files that were uploaded from files here, by path. */
  readonly uploads: { readonly [path: string]: string };
}

export const NO_NOTES: ContainerNotes = { imported: false, networks: [], uploads: {} };

const KEY = "docker-tiers";

/** Reads the notes; other content, such as the public provider's, is left alone. */
export function readNotes(bytes: Uint8Array): ContainerNotes {
  const notes = parse(bytes)[KEY];
  if (!isObject(notes)) return NO_NOTES;
  return { imported: notes["imported"] === true, networks: texts(notes["networks"]), uploads: textMap(notes["uploads"]) };
}

/** The private bytes with other notes. */
export function writeNotes(bytes: Uint8Array, notes: ContainerNotes): Uint8Array {
  const others = Object.fromEntries(Object.entries(parse(bytes)).filter(([name]) => name !== KEY));
  const { imported, networks, uploads } = notes;
  const hasUploads = Object.keys(uploads).length > 0;
  const empty = !imported && networks.length === 0 && !hasUploads;
  const kept = { imported, networks: [...networks].sort(), ...(hasUploads ? { uploads } : {}) };
  const content = empty ? others : { ...others, [KEY]: kept };
  return Object.keys(content).length === 0 ? new Uint8Array() : Buffer.from(JSON.stringify(content));
}

function parse(bytes: Uint8Array): ObjectValue {
  if (bytes.length === 0) return {};
  try {
    const content = JSON.parse(Buffer.from(bytes).toString("utf8")) as Value;
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}
