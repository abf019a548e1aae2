import { assignments, instructionsOf, type Instruction } from "./dockerfile";
import type { RenderedImage } from "./rendered-image";

/** A Dockerfile that an image is made of: its own, or that of an image which it stands on. */
export interface BuiltFrom {
  readonly image: RenderedImage;
  readonly instructions: readonly Instruction[];
  /** Where an instruction stands: `line 3`, or `line 3 of base`. */
  readonly at: (instruction: Instruction) => string;
}

/** All Dockerfiles of an image, its own first. */
export function builtFrom(image: RenderedImage | undefined): BuiltFrom[] {
  return image === undefined ? [] : [built(image, ""), ...basesOf(image).map((base) => built(base, ` of ${shortName(base.reference)}`))];
}

const basesOf = ({ bases = [] }: RenderedImage): RenderedImage[] => bases.flatMap((base) => [base, ...basesOf(base)]);

function built(image: RenderedImage, suffix: string): BuiltFrom {
  const instructions = image.dockerfile === undefined ? [] : instructionsOf(image.dockerfile);
  return { image, instructions, at: ({ line, keyword, text }) => `line ${String(line)}${suffix}: ${keyword} ${text}` };
}

const shortName = (reference: string): string => reference.replace(/^localhost\/docker-tiers\//, "").replace(/[:@].*$/, "");

/** What of all Dockerfiles a judge picks, with its place. */
export const pick = (image: RenderedImage | undefined, judge: (instruction: Instruction, of: BuiltFrom) => boolean): string[] =>
  builtFrom(image).flatMap((of) => of.instructions.filter((instruction) => judge(instruction, of)).map(of.at));

/** The image that a FROM names: arguments have their values; undefined for an earlier stage, `scratch`, and what cannot be known. */
export function baseOf({ text, line }: Instruction, { image, instructions }: BuiltFrom): string | undefined {
  const initial = instructions
    .filter(({ keyword, stage }) => keyword === "ARG" && stage < 0)
    .flatMap(({ text: pair }) => assignments(pair));
  const defaults = Object.fromEntries(initial.map((pair) => [pair.split("=")[0] ?? "", pair.slice(pair.indexOf("=") + 1)]));
  const values: Readonly<Record<string, string | undefined>> = { ...defaults, ...image.buildArgs };
  const name = (text.split(" ")[0] ?? "").replace(
    /\$(?:(\w+)|\{(\w+)(?::-([^}]*))?\})/g,
    (_, plain?: string, braced?: string, other = "") => {
      return values[plain ?? braced ?? ""] ?? String(other);
    },
  );
  const stages = instructions.filter((each) => each.keyword === "FROM" && each.line < line).map(stageName);
  return name === "" || name === "scratch" || name.includes("$") || stages.includes(name.toLowerCase()) ? undefined : name;
}

/** The name of the stage that a FROM begins; empty without one. */
export const stageName = ({ text }: Instruction): string => (/ as (\S+)$/i.exec(text)?.[1] ?? "").toLowerCase();
