import { DockerfileParser, JSONInstruction, ModifiableInstruction, type Instruction as ParsedInstruction } from "dockerfile-ast";

/** An instruction of a Dockerfile. */
export interface Instruction {
  /** In capitals: `RUN`. */
  readonly keyword: string;
  /** What follows, on one line, without comments and flags. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly line: number;
  /** Of the stage that it is in, from 0; -1 before the first. */
  readonly stage: number;
  /** Names of its flags: `from` of `COPY --from=build`. */
  readonly flags: readonly string[];
  /** Words of the JSON array that it is written as. @default - it is not */
  readonly words?: readonly string[];
}

/** A text that was parsed is asked by many rules. */
const parsed = new Map<string, readonly Instruction[]>();

/** The instructions of a Dockerfile, in their order. */
export function instructionsOf(dockerfile: string): readonly Instruction[] {
  const known = parsed.get(dockerfile);
  if (known !== undefined) return known;
  const file = DockerfileParser.parse(dockerfile);
  const escape = file.getEscapeCharacter() === "`" ? /`[ \t]*\r?\n/g : /\\[ \t]*\r?\n/g;
  let stage = -1;
  const all = file.getInstructions().map((instruction) => {
    if (instruction.getKeyword() === "FROM") stage++;
    return readInstruction(instruction, stage, escape);
  });
  parsed.set(dockerfile, all);
  return all;
}

function readInstruction(instruction: ParsedInstruction, stage: number, escape: RegExp): Instruction {
  const flags = instruction instanceof ModifiableInstruction ? instruction.getFlags().map((flag) => flag.getName()) : [];
  const words = instruction instanceof JSONInstruction ? jsonWords(instruction) : undefined;
  return {
    keyword: instruction.getKeyword(),
    text: textOf(instruction.getRawArgumentsContent() ?? "", escape),
    line: instruction.getInstructionRange().start.line + 1,
    stage,
    flags,
    ...(words === undefined ? {} : { words }),
  };
}

/** A line of a script that stands in the file ends a command. */
const textOf = (raw: string, escape: RegExp): string =>
  raw
    .replace(/^[ \t]*#.*\r?\n?/gm, "")
    .replace(escape, " ")
    .trim()
    .replace(/\r?\n/g, " ; ")
    .replace(/\s+/g, " ");

const jsonWords = (instruction: JSONInstruction): string[] | undefined =>
  instruction.getClosingBracket() === null ? undefined : instruction.getJSONStrings().map((word) => word.getJSONValue());

/** What follows an instruction's name, for each time that it stands in a Dockerfile. */
export const instructions = (dockerfile: string, name: string): string[] =>
  instructionsOf(dockerfile)
    .filter(({ keyword }) => keyword === name)
    .map(({ text }) => text);

const PAIR = /([A-Za-z_][\w.-]*)=("(?:\\.|[^"\\])*"|'[^']*'|\S*)/g;

/** The `KEY=value` pairs of an ENV or ARG, without their quotes; `ENV KEY value` is one too. */
export function assignments(text: string): string[] {
  const old = /^([A-Za-z_]\w*) ([^=].*)$/.exec(text);
  if (old !== null) return [`${old[1] ?? ""}=${old[2] ?? ""}`];
  return [...text.matchAll(PAIR)].map(([, key = "", value = ""]) => `${key}=${value.replace(/^(["'])(.*)\1$/s, "$2")}`);
}
