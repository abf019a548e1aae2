/** What a registry asks for before it answers: the `WWW-Authenticate` header of a 401. */
export interface Challenge {
  /** `basic` or `bearer`. */
  readonly scheme: string;
  /** Parameters such as `realm`, `service` and `scope`. */
  readonly parameters: { readonly [name: string]: string };
}

/** Where another challenge begins: the first is what is answered. */
const NEXT = /,\s*(?=[\w-]+\s+\w+=)/;

/** Reads the header; nothing when there is none. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const [, scheme, rest = ""] = /^\s*([\w-]+)(.*)$/.exec(header ?? "") ?? [];
  if (scheme === undefined) return undefined;
  const [first = ""] = rest.split(NEXT);
  const pairs = [...first.matchAll(/(\w+)=(?:"([^"]*)"|([^\s,"]+))/g)];
  return {
    scheme: scheme.toLowerCase(),
    parameters: Object.fromEntries(pairs.map(([, name = "", quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ""])),
  };
}
