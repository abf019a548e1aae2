/** What follows an instruction's name, for each time that it stands in a Dockerfile; lines that go on are joined. */
export function instructions(dockerfile: string, name: string): string[] {
  const lines = dockerfile
    .replace(/^[ \t]*#.*\n?/gm, "")
    .replace(/\\[ \t]*\n/g, " ")
    .split("\n");
  const pattern = new RegExp(`^\\s*${name}\\s+(.*?)\\s*$`, "i");
  return lines.flatMap((line) => pattern.exec(line)?.[1]?.replace(/\s+/g, " ") ?? []);
}

const PAIR = /([A-Za-z_][\w.-]*)=("(?:\\.|[^"\\])*"|'[^']*'|\S*)/g;

/** The `KEY=value` pairs of an ENV or ARG, without their quotes; `ENV KEY value` is one too. */
export function assignments(text: string): string[] {
  const old = /^([A-Za-z_]\w*) ([^=].*)$/.exec(text);
  if (old !== null) return [`${old[1] ?? ""}=${old[2] ?? ""}`];
  return [...text.matchAll(PAIR)].map(([, key = "", value = ""]) => `${key}=${value.replace(/^(["'])(.*)\1$/s, "$2")}`);
}
