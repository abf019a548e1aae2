import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";

/** A socket of this machine that leads to an engine, for programs that cannot reach it as we do. */
export interface Tunnel {
  /** As `DOCKER_HOST` has it. */
  readonly address: string;
  close(): void;
}

/** What a socket's path may have with the zero at its end, and what is added to the folder for temporary files. */
const SOCKET_PATH_BYTES = 104;
const NAME = "docker-tiers-tunnel-";
const ADDED_BYTES = `/${NAME}XXXXXX/docker.sock`.length;

/** Listens in a folder of this user's own; each connection is joined to one that is opened for it. */
export async function openTunnel(connect: () => Duplex): Promise<Tunnel> {
  const parent = tmpdir().length + ADDED_BYTES < SOCKET_PATH_BYTES ? tmpdir() : "/tmp";
  const folder = mkdtempSync(join(parent, NAME));
  const connections = new Set<Duplex>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const remote = connect();
    for (const end of [client, remote]) connections.add(end.once("close", () => connections.delete(end)));
    conduct(client, remote);
    conduct(remote, client);
  });
  const path = join(folder, "docker.sock");
  await new Promise<void>((done, failed) => server.once("error", failed).listen(path, done));
  const close = (): void => {
    server.close();
    for (const connection of connections) connection.destroy();
    rmSync(folder, { recursive: true, force: true });
  };
  return { address: `unix://${path}`, close };
}

/** What one says the other hears, to the end; when one breaks so does the other, which is all that its user needs to see. */
function conduct(from: Duplex, to: Duplex): void {
  from.pipe(to);
  from.on("error", () => to.destroy());
  from.once("close", () => {
    if (!to.writableEnded) to.destroy();
  });
}
