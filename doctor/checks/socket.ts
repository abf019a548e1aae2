import { ofHost, type Check, type Fault } from "../check";
import type { SocketFacts } from "../host-facts";
import { quoted } from "../quoted";

const OTHERS_WRITE = 0o002;

export const socket: Check = {
  id: "HOST-SOCKET",
  severity: "error",
  cis: "3.15, 3.16",
  owasp: ["1"],
  must: "the engine's socket must belong to root and its group alone",
  why: "whoever may write to it is root on the host",
  mend: "take it from all others",
  check: ofHost(({ socket: facts }) => (facts === undefined ? "unseen" : faults(facts))),
};

function faults({ path, mode, owner, group }: SocketFacts): Fault[] {
  const open: Fault = { got: `${path} with mode ${mode.toString(8)}`, commands: [`chmod o= ${quoted(path)}`] };
  const foreign: Fault = { got: `${path} of user ${owner}`, commands: [`chown root:${quoted(group)} ${quoted(path)}`] };
  return [...((mode & OTHERS_WRITE) === 0 ? [] : [open]), ...(owner === "root" ? [] : [foreign])];
}
