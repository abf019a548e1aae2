import type { ResourceSchema } from "../../../provider/schema";
import type { ObjectValue } from "../../../provider/value";
import { groupsOf, seenIn, type DriftTable, type Seen, type SeenEntry } from "./case";
import type { ProtocolProvider, Stored } from "./protocol";
import { changed, replaces, topOf } from "./schema-paths";

/** What a plan shows. */
export interface Shown {
  /** Paths of the attributes. */
  readonly paths: readonly string[];
  /** Names whose change replaces the object. */
  readonly replace: readonly string[];
}

/** What became of one attribute. */
export interface Outcome {
  readonly path: string;
  readonly isShown: boolean;
  readonly isReplaced: boolean;
}

/** How the objects of a type are made and changed behind Terraform's back. */
export interface Subject {
  readonly table: DriftTable;
  readonly schema: ResourceSchema;
  /** Changes what is there, or puts another in its place; returns what Terraform remembers of it. */
  change(stored: Stored, cases: readonly Seen[]): Promise<Stored>;
  /** Takes the change back. */
  restore(): Promise<void>;
}

/** Reads and plans. `null` when the object is found gone. */
export async function shown(provider: ProtocolProvider, subject: Subject, stored: Stored, config: ObjectValue): Promise<Shown | null> {
  const { table, schema } = subject;
  const found = await provider.read(table.type, stored);
  if (!found) return null;
  const { values, replace } = await provider.plan(table.type, found, config);
  return { paths: changed(found.values, values, schema), replace };
}

/** Every case of a configuration: what the plan shows of each, and what it shows besides. */
export async function trial(
  provider: ProtocolProvider,
  subject: Subject,
  variant: string,
  stored: Stored,
  config: ObjectValue,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly besides: readonly string[] }> {
  const outcomes: Outcome[] = [];
  const besides: string[] = [];
  for (const group of groupsOf(seenIn(subject.table, variant))) {
    const other = await subject.change(
      stored,
      group.map(([, seen]) => seen),
    );
    const found = await shown(provider, subject, other, config);
    const { paths, replace } = found ?? { paths: [], replace: [] };
    const expected = group.flatMap(([path, seen]) => [path, ...seen.with]);
    besides.push(...paths.filter((path) => !expected.includes(path)));
    outcomes.push(...group.map(([path]) => ({ path, isShown: paths.includes(path), isReplaced: replace.includes(topOf(path)) })));
    await subject.restore();
  }
  return { outcomes, besides };
}

/** What the trial of a case must come to. */
export function expectedOf(schema: ResourceSchema, [path, seen]: SeenEntry): Outcome {
  return { path, isShown: true, isReplaced: seen.mended ? seen.mended === "by a new one" : replaces(schema, path) };
}
