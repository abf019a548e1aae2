import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";
import type { ContainerAttributes } from "./render-container";

/** Attributes that the embedded provider alone has, by the prop that asks for each. */
const EMBEDDED_ONLY = {
  blkio_weight: "resources.blockIo.weight",
  oom_score_adj: "resources.oomScore",
  uts_mode: "namespaces.uts",
} as const;

/**
 * What the public provider takes of a container. A cap of processes it does not have: each container has one, and the policy `CIS-5.29` says
 * so. What somebody asked for is not left out in silence.
 *
 * @throws ConstructError `PUBLIC_PROVIDER`
 */
export function forPublicProvider(attributes: ContainerAttributes, at: IConstruct): ContainerAttributes {
  for (const [attribute, prop] of Object.entries(EMBEDDED_ONLY)) {
    if (attributes[attribute] === undefined) continue;
    const must = `${prop} must be left out with the public provider, which has no ${attribute}`;
    throw new ConstructError("PUBLIC_PROVIDER", `${must}, got ${JSON.stringify(attributes[attribute])}; use PROVIDER=embedded`, at);
  }
  const taken = Object.entries(attributes).filter(([name]) => name !== "pids_limit");
  return Object.fromEntries(
    taken.map(([name, value]) => [name, name === "mounts" ? (value as readonly object[]).map(withoutOptions) : value]),
  );
}

/** It sends `subpath` with every option of a volume, which engines before API 1.45 refuse. */
const withoutOptions = (mount: object): object => Object.fromEntries(Object.entries(mount).filter(([name]) => name !== "volume_options"));
