import type { Value } from "../../../provider/value";
import { topOf } from "./schema-paths";

/** Drift of one attribute, and how the plan shows it. */
export interface Seen {
  readonly kind: "seen";
  /** Where the engine has it, in the names of its API: `HostConfig.Memory`. */
  readonly place: string;
  /** What somebody else has made of it. */
  readonly value: unknown;
  /** Attributes that change with it, since the engine has them in one. */
  readonly with: readonly string[];
  /** The configuration in which it is tried. @default - the common one */
  readonly variant: string;
  /** The first engine API that has it; older ones get a fault for a configuration that sets it. */
  readonly since?: `${number}.${number}`;
  /** What the plan does about it where that is not what the schema says. */
  readonly mended?: "in place" | "by a new one";
}

/** Drift that a test of its own makes, by calls of the engine. */
export interface Acted {
  readonly kind: "acted";
  /** What somebody does. */
  readonly act: string;
  /** What the plan does about it. */
  readonly plan: string;
}

/** An attribute of which nothing is on the engine, for a reason that a test holds. */
export interface Unseen {
  readonly kind: "unseen";
  readonly reason: Reason;
}

/** Why an engine cannot tell. */
export interface Reason {
  readonly name: string;
  readonly why: string;
}

export type DriftCase = Seen | Acted | Unseen;

/** A case for each attribute of a resource that a user can set. */
export interface DriftTable {
  readonly type: string;
  readonly cases: { readonly [path: string]: DriftCase };
}

/** Seen in the engine's answer, at this place. */
export function seen(place: string, value: unknown, details: Partial<Omit<Seen, "kind" | "place" | "value">> = {}): Seen {
  return { kind: "seen", place, value, with: [], variant: "common", ...details };
}

export function acted(act: string, plan: string): Acted {
  return { kind: "acted", act, plan };
}

export function unseen(reason: Reason): Unseen {
  return { kind: "unseen", reason };
}

/** A set of configurations by name. */
export interface Variants {
  readonly [variant: string]: { readonly [name: string]: Value };
}

/** A copy in which the place has another value: `HostConfig.Ulimits.0.Soft`. `undefined` takes it away. */
export function changedAt<T>(object: T, place: string, value: unknown): T {
  const copy = structuredClone(object);
  const steps = place.split(".");
  const last = steps.pop() ?? "";
  let target = copy as Record<string, unknown>;
  for (const step of steps) {
    target[step] ??= {};
    target = target[step] as Record<string, unknown>;
  }
  target[last] = value;
  return copy;
}

/** Cases that can be tried on one object: none touches what another does, so that no change hides another. */
export function groupsOf(cases: readonly SeenEntry[]): SeenEntry[][] {
  const groups: SeenEntry[][] = [];
  for (const entry of cases) {
    const free = groups.find((group) => group.every((other) => !meet(entry, other)));
    if (free) free.push(entry);
    else groups.push([entry]);
  }
  return groups;
}

/** A case with the path of its attribute. */
export type SeenEntry = readonly [path: string, seen: Seen];

function meet([path, one]: SeenEntry, [otherPath, other]: SeenEntry): boolean {
  if (one.place.startsWith(other.place) || other.place.startsWith(one.place)) return true;
  const tops = [path, ...one.with].map(topOf);
  return [otherPath, ...other.with].some((name) => tops.includes(topOf(name)));
}

/** The cases of a table that are tried on objects in one configuration. */
export function seenIn(table: DriftTable, variant: string): SeenEntry[] {
  return Object.entries(table.cases).flatMap(([path, entry]): SeenEntry[] =>
    entry.kind === "seen" && entry.variant === variant ? [[path, entry]] : [],
  );
}
