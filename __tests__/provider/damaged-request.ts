import fc from "fast-check";
import type { Provider } from "../../provider/gen/provider_pb";
import type { ServiceImpl } from "@connectrpc/connect";
import { DATA_SOURCES, RESOURCES } from "../../provider/resources";
import { EDITS, type Edit } from "./byte-edits";
import { DAMAGE, type Damage } from "./damage";
import type { Extent } from "./filled";

export type Call = keyof ServiceImpl<typeof Provider>;

/** One request whose message, or an answer to whose questions, was damaged on the way. */
export interface DamagedRequest {
  readonly call: Call;
  readonly typeName: string;
  readonly edits: readonly Edit[];
  /** How much its objects hold. @default "all" */
  readonly extent?: Extent;
  /** What an apply does. @default "update" */
  readonly change?: "create" | "update" | "delete";
  /** @default - the servers answer as they should */
  readonly damage?: Damage;
}

/** Something is wrong with the message, with an answer, or with nothing: what the servers say is then taken to the end. */
const requests = (calls: readonly Call[], types: readonly string[]): fc.Arbitrary<DamagedRequest> =>
  fc.record(
    {
      call: fc.constantFrom(...calls),
      typeName: fc.constantFrom(...types, ...types, "docker_nothing"),
      edits: fc.oneof(fc.constant([]), EDITS),
      extent: fc.constantFrom("all", "required"),
      change: fc.constantFrom("create", "update", "delete"),
      damage: DAMAGE,
    },
    { requiredKeys: ["call", "typeName", "edits", "extent", "change"] },
  );

export const DAMAGED: fc.Arbitrary<DamagedRequest> = fc.oneof(
  requests(["validateProviderConfig", "configureProvider"], []),
  requests(["validateResourceConfig", "upgradeResourceState", "planResourceChange"], Object.keys(RESOURCES)),
  requests(["readResource", "applyResourceChange", "importResourceState"], Object.keys(RESOURCES)),
  requests(["applyResourceChange"], Object.keys(RESOURCES)),
  requests(["validateDataResourceConfig", "readDataSource"], Object.keys(DATA_SOURCES)),
);
