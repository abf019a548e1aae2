import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { Duplex } from "node:stream";

/** A connection to a port on a container's own loopback: the host itself has no way into the network of a server. */
export function wayIn(container: string, port: number): Duplex {
  const words = ["exec", "-i", container, "nc", "127.0.0.1", String(port)];
  const { stdin, stdout } = spawn("docker", words, { stdio: ["pipe", "pipe", "ignore"] });
  return Duplex.from({ readable: stdout, writable: stdin });
}

/** Calls back with a port of this machine that leads there, for clients that open their sockets themselves. */
export async function withWayIn<T>(container: string, port: number, use: (here: number) => Promise<T>): Promise<T> {
  const server = createServer((client) => {
    const inside = wayIn(container, port);
    for (const end of [client, inside]) end.on("error", () => [client, inside].forEach((each) => each.destroy()));
    client.pipe(inside).pipe(client);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await use((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}
