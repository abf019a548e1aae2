import type { Engine } from "../../../engine";
import { RESOURCES } from "../../../provider/resources";
import { changedAt, type DriftTable, type Seen } from "./case";
import { idOf, type Stored } from "./protocol";
import type { Subject } from "./trial";

/** Where objects of a kind are in the Engine API, and what makes another of what was inspected. */
export interface Kind {
  readonly path: string;
  readonly bodyOf: (inspected: Inspected) => object;
}

/** An object as the engine has it. */
export interface Inspected {
  readonly [name: string]: unknown;
}

export const NETWORKS: Kind = { path: "/networks", bodyOf: (inspected) => inspected };
export const VOLUMES: Kind = { path: "/volumes", bodyOf: ({ Options, ...inspected }) => ({ ...inspected, DriverOpts: Options }) };
export const CONFIGS: Kind = { path: "/configs", bodyOf: ({ Spec }) => Spec as object };
export const SECRETS: Kind = { path: "/secrets", bodyOf: ({ Spec }) => ({ Data: "YQ==", ...(Spec as object) }) };

/** Objects that are made anew with another value. */
export class Recreated implements Subject {
  static async of(engine: Engine, kind: Kind, table: DriftTable, stored: Stored): Promise<Recreated> {
    return new Recreated(engine, kind, table, await engine.get<Inspected>(`${kind.path}/${idOf(stored)}`), idOf(stored));
  }

  readonly schema;

  private constructor(
    private readonly engine: Engine,
    private readonly kind: Kind,
    readonly table: DriftTable,
    private readonly original: Inspected,
    private id: string,
  ) {
    this.schema = RESOURCES[table.type]?.schema ?? { version: 0, attributes: {} };
  }

  async change(stored: Stored, cases: readonly Seen[]): Promise<Stored> {
    const other = cases.reduce((before, { place, value }) => changedAt(before, place, value), this.original);
    await this.restore();
    const { Id, ID, Name } = await this.engine.post<{ Id?: string; ID?: string; Name?: string }>(`${this.kind.path}/create`, {
      body: this.kind.bodyOf(other),
    });
    this.id = Id ?? ID ?? Name ?? "";
    return { ...stored, values: { ...stored.values, id: this.id } };
  }

  async restore(): Promise<void> {
    if (await this.engine.find(`${this.kind.path}/${this.id}`)) await this.engine.delete(`${this.kind.path}/${this.id}`);
  }
}
