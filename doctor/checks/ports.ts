import { ofStack, type Check, type Fault } from "../check";
import type { HostPort } from "../engine-facts";
import { LABEL_STACK } from "../labels";
import type { Reading } from "../reading";

export const ports: Check = {
  id: "HOST-PORT",
  severity: "error",
  must: "ports that the stack publishes must be free, or its own",
  why: "the container that publishes cannot start, after all others have",
  mend: "stop what has it, or set another such as WEB_PORT",
  check: ofStack(({ name, ports: wanted }, reading) =>
    reading.engine === undefined ? "unseen" : wanted.flatMap((port) => faults(port, name, reading)),
  ),
};

function faults(wanted: HostPort, stack: string, { engine, host }: Reading): Fault[] {
  const holder = (engine?.containers ?? []).find(({ ports: held }) => held.some((port) => collide(port, wanted)));
  if (holder?.labels[LABEL_STACK] === stack) return [];
  if (holder !== undefined) return [{ got: `${shown(wanted)} of container ${holder.name}`, commands: [`docker stop ${holder.name}`] }];
  const held = (host?.listening ?? []).some((port) => collide(port, wanted));
  return held ? [{ got: `${shown(wanted)} of a process`, commands: [`ss -ltnp 'sport = :${String(wanted.port)}'`] }] : [];
}

/** Whoever listens on all addresses listens on each. */
const collide = (one: HostPort, other: HostPort): boolean =>
  one.port === other.port && (isAny(one.address) || isAny(other.address) || one.address === other.address);

const isAny = (address: string): boolean => ["", "0.0.0.0", "::"].includes(address);

const shown = ({ address, port }: HostPort): string => `${address === "" ? "0.0.0.0" : address}:${String(port)}`;
