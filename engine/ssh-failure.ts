import { EngineError } from "./error";
import type { SshHost } from "./host";

type Remedy = (host: SshHost) => string;

/** What ssh and the docker command over there say, and what mends it. */
const REMEDIES: readonly (readonly [RegExp, Remedy])[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/,
    (host) =>
      `its host key is not the one in known_hosts: find out why before you go on; if the host was made anew, run: ssh-keygen -R '${knownName(host)}', then ${scan(host)}`,
  ],
  [
    /Host key verification failed|No \S+ host key is known/,
    (host) => `its host key is not in known_hosts: run ${scan(host)}, and compare it with the host's own (ssh-keygen -lf)`,
  ],
  [
    /Permission denied \(|Too many authentication failures/,
    () => "load a key that the host accepts into the agent: ssh-add, or name one in ssh_opts: -i FILE",
  ],
  [/permission denied.*docker|docker.*permission denied/i, ({ user }) => `on the host, run: sudo usermod -aG docker ${user ?? "$USER"}`],
  [/docker: (command )?not found/, () => "install Docker on the host, where a login without a terminal finds it on PATH"],
  [/Cannot connect to the Docker daemon|dial unix/, () => "start the engine on the host: sudo systemctl start docker"],
  [/Could not resolve hostname/, () => "write the host as ssh knows it"],
];

/** Why a host could not be used through ssh. */
export function sshFailure(host: SshHost, said: string, cause?: unknown): EngineError {
  const remedy = REMEDIES.find(([pattern]) => pattern.test(said))?.[1](host);
  return new EngineError(
    0,
    `DOCKER_HOST_UNREACHABLE: ssh host ${host.hostname} must let us log in and run docker, got ${JSON.stringify(gist(said))}${remedy === undefined ? "" : `; ${remedy}`}`,
    { cause },
  );
}

/** The warning of a changed host key is a page: its last line says it. */
function gist(said: string): string {
  const lines = said.split(/\r?\n/).map((line) => line.trim());
  if (!lines.some((line) => line.startsWith("@@@"))) return lines.filter((line) => line !== "").join(" ");
  return lines.filter((line) => /^(Offending|Host key)/.test(line)).join(" ");
}

/** As known_hosts names a host: with its port where that is not ssh's own. */
function knownName({ hostname, port = 22 }: SshHost): string {
  return port === 22 ? hostname : `[${hostname}]:${port}`;
}

function scan({ hostname, port }: SshHost): string {
  return `ssh-keyscan ${port === undefined ? "" : `-p ${port} `}${hostname} >> ~/.ssh/known_hosts`;
}
