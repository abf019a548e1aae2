import type { Check } from "../check";
import type { HostFacts } from "../host-facts";
import { quoted } from "../quoted";
import { startInBackground } from "../restart";

export const engine: Check = {
  id: "HOST-ENGINE",
  severity: "error",
  must: "a Docker engine must answer",
  why: "everything is deployed through it",
  mend: "install it, start it, or put your user into the group of its socket and log in again",
  check: ({ engine: facts, silence = "no answer", host }) =>
    facts === undefined ? [{ got: silence, ...(host === undefined ? {} : { commands: commands(host) }) }] : [],
};

function commands({ daemons, programs, socket, user }: HostFacts): string[] {
  // One that runs and has a socket does not let us in.
  if (daemons.length > 0 && socket !== undefined) return [`usermod -aG ${quoted(socket.group)} ${quoted(user)}`];
  const install = programs.has("dockerd") ? [] : ["apt-get update", "apt-get install -y --no-install-recommends docker.io"];
  return [...install, programs.has("systemd") ? "systemctl enable --now docker" : startInBackground(["dockerd"])];
}
