import { randomBytes } from "node:crypto";
import { connect as connectHttp2 } from "node:http2";
import { request as requestHttp, type Agent, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { request as requestHttps, type RequestOptions } from "node:https";
import type { Socket } from "node:net";
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from "node:tls";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const SERVER = { servername: "shop.example", rejectUnauthorized: false } as const;

async function read(message: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return { status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks).toString() };
}

/** One request of HTTP/1.1. */
export function ask(url: string, options: RequestOptions & { readonly body?: Buffer; readonly agent?: Agent } = {}): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https") ? requestHttps : requestHttp)(url, { ...SERVER, ...rest }, (message) => {
      read(message).then(resolve, reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** One request of HTTP/2. */
export function askHttp2(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  const { origin, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const session = connectHttp2(origin, SERVER).on("error", reject);
    const stream = session.request({ ":path": pathname, ...headers });
    let [status, body] = [0, ""];
    stream.on("response", (answer) => (status = answer[":status"] ?? 0));
    stream.setEncoding("utf8").on("data", (text: string) => (body += text));
    stream.on("error", reject).on("end", () => {
      session.close();
      resolve({ status, body });
    });
  });
}

/** An open connection, after its handshake. */
export function handshake(host: string, options: ConnectionOptions = {}): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ host, port: 8443, ...SERVER, ...options }, () => {
      resolve(socket);
    }).on("error", reject);
  });
}

/** The common name of the certificate that a new connection is shown. */
export async function shownName(host: string): Promise<string | string[] | undefined> {
  const socket = await handshake(host);
  const name = socket.getPeerCertificate().subject.CN;
  socket.destroy();
  return name;
}

/** A connection that was upgraded, or the status of the answer that refused. */
export function openWebSocket(url: string, host = "shop.example"): Promise<Socket | number> {
  const headers = {
    Connection: "Upgrade",
    Upgrade: "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
    Host: host,
  };
  return new Promise((resolve, reject) => {
    const request = requestHttps(url, { ...SERVER, headers }, (message) => {
      message.resume();
      resolve(message.statusCode ?? 0);
    });
    request.on("upgrade", (_message, socket) => {
      resolve(socket);
    });
    request.on("error", reject).end();
  });
}

/** Sends a text over an upgraded connection. @returns what comes back first */
export function echo(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    socket.once("error", reject).once("close", () => {
      reject(new Error("the connection must stay open, got closed"));
    });
    socket.once("data", (data: Buffer) => {
      resolve(data.toString());
    });
    socket.write(text);
  });
}
