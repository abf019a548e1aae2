import { createSocket } from "node:dgram";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { decodeMultiStream } from "@msgpack/msgpack";

/** A small server on loopback that keeps what it was sent. */
export interface Receiver<T> {
  readonly port: number;
  readonly received: readonly T[];
  close(): Promise<void>;
}

/** A line as Fluentd's forward protocol has it. */
export interface FluentdLine {
  readonly tag: string;
  readonly record: Readonly<Record<string, unknown>>;
}

/**
 * Listens for the forward protocol: messages of MessagePack over TCP, each `[tag, time, record]`.
 *
 * @param open - nothing is read before it is fulfilled
 */
export async function fluentdReceiver(open: Promise<void> = Promise.resolve()): Promise<Receiver<FluentdLine>> {
  const received: FluentdLine[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    void open.then(() => read(socket, received)).catch(() => undefined);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
  return { port: (server.address() as AddressInfo).port, received, close };
}

async function read(socket: Socket, received: FluentdLine[]): Promise<void> {
  for await (const message of decodeMultiStream(socket)) {
    const [tag, , record] = message as [string, number, Record<string, unknown>];
    received.push({ tag, record });
  }
}

/** Listens for datagrams. */
export async function datagramReceiver<T>(decode: (datagram: Buffer) => T): Promise<Receiver<T>> {
  const received: T[] = [];
  const socket = createSocket("udp4", (datagram) => received.push(decode(datagram)));
  await new Promise<void>((done) => {
    socket.bind(0, "127.0.0.1", done);
  });
  return { port: socket.address().port, received, close: () => new Promise((done) => socket.close(() => done())) };
}
