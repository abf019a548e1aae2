import { isObject } from "../../policies/attributes";
import { ofDaemon, unless, type Check } from "../check";
import type { Daemon } from "../daemon";
import { overlap } from "./subnets";

/** What an engine takes ranges from when it is told nothing. */
const DEFAULT_POOLS = ["172.17.0.0/16", "172.18.0.0/15", "172.20.0.0/14", "172.24.0.0/13", "192.168.0.0/16"];

/** Where no subnet is likely to be configured. */
const OTHER_POOLS = ["10.213.0.0/16", "10.214.0.0/16", "10.215.0.0/16"];

export const addressPools: Check = {
  id: "HOST-POOLS",
  severity: "warning",
  must: "address pools of the engine must not overlap ranges of the stack's networks",
  why: "the engine may give the range to another network first, and the deploy fails then",
  mend: "give the engine pools of its own, for networks that are made from then on; networks that have a range keep it",
  check: (reading) => (reading.stack === undefined ? "not asked" : ofPools(reading)),
};

const ofPools = ofDaemon((daemon, { stack }) => {
  const wanted = stack?.subnets ?? [];
  const got = poolsOf(daemon).flatMap((pool) => wanted.filter((range) => overlap(pool, range)).map((range) => `${range} in ${pool}`));
  const base = OTHER_POOLS.find((pool) => !wanted.some((range) => overlap(pool, range)));
  const daemonJson = base === undefined ? {} : { settings: { "default-address-pools": [{ base, size: 24 }] } };
  return unless(got.length === 0, { got: got.join(", "), ...daemonJson });
});

function poolsOf(daemon: Daemon): string[] {
  const listed = daemon.file["default-address-pools"];
  const given = [
    ...daemon.flags("default-address-pool").map((pool) => /base=([^,]+)/.exec(pool)?.[1] ?? ""),
    ...(Array.isArray(listed) ? listed : []).flatMap((pool) => (isObject(pool) && typeof pool["base"] === "string" ? [pool["base"]] : [])),
  ];
  return given.length > 0 ? given : DEFAULT_POOLS;
}
