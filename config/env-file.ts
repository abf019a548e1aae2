import { parse } from "dotenv";
import { fault, type Fault } from "./fault";
import { redactByKey } from "./redact";

/** A key's text and where it was set. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly where: string;
}

/** What a file of settings says. */
export interface EnvFile {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly faults: readonly Fault[];
}

// dotenv passes over what it cannot read, keeps the last of two and tells no lines: statements are cut here, and read there.
const KEY = /[^\S\n]*(?:export[^\S\n]+)?[\w.-]+(?:[^\S\n]*=[^\S\n]*|:[^\S\n]+)/.source;
const QUOTED = ["'", '"', "`"].map((quote) => `${quote}(?:\\\\${quote}|[^${quote}])*${quote}`).join("|");
const STATEMENT = new RegExp(`${KEY}(?:(?:${QUOTED})|(?!['"\`])[^\\n#]*)[^\\S\\n]*(?:#[^\\n]*)?(?=\\n|$)`, "y");
const BLANK = /[^\S\n]*(?:#[^\n]*)?(?=\n|$)/y;
const LINE = /[^\n]*/y;

/** Reads the text of a file in dotenv's format; `name` is how faults call it. */
export function parseEnvFile(name: string, text: string): EnvFile {
  const entries = new Map<string, Entry>();
  const faults: Fault[] = [];
  for (const { source, line, pair } of statements(text)) {
    const where = `file ${name} line ${line}`;
    if (pair === undefined) {
      faults.push(fault(name, redactByKey(source, source.trim()), "lines of KEY=value with closed quotes", where));
      continue;
    }
    const [key, value] = pair;
    const first = entries.get(key);
    if (first === undefined) entries.set(key, { key, value, where });
    else faults.push(fault(key, redactByKey(key, value), "set once", where, `${first.where} sets it already`));
  }
  return { entries, faults };
}

interface Statement {
  readonly source: string;
  readonly line: number;
  /** Absent when the line is no statement. */
  readonly pair?: readonly [key: string, value: string];
}

function* statements(text: string): Generator<Statement> {
  const normal = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  let line = 1;
  for (let position = 0; position < normal.length; position += 1) {
    const blank = matchAt(BLANK, normal, position);
    const statement = matchAt(STATEMENT, normal, position);
    const source = blank ?? statement ?? matchAt(LINE, normal, position) ?? "";
    const [pair] = Object.entries(parse(statement ?? ""));
    if (blank === undefined) yield { source, line, ...(pair === undefined ? {} : { pair }) };
    position += source.length;
    line += source.split("\n").length;
  }
}

function matchAt(sticky: RegExp, text: string, position: number): string | undefined {
  sticky.lastIndex = position;
  return sticky.exec(text)?.[0];
}
