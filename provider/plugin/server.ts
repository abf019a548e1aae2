import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificate } from "./certificate";
import { removeStaleSockets } from "./stale-sockets";

const PREFIX = "docker-tiers-provider-";
const SOCKET = "plugin.sock";

/** Answers one request of Terraform. */
export type RequestHandler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/** A server that listens on a socket of its own. */
export interface PluginServer {
  readonly socketPath: string;
  /** DER of the server's certificate in base64 without padding, as the handshake wants it; empty without TLS. */
  readonly certificate: string;
  /** Resolved as soon as no client is connected. */
  unused(): Promise<void>;
  /** Answers what is open, then closes. */
  close(): Promise<void>;
}

/**
 * Listens on a fresh socket that only this user can reach.
 * @param clientCertificate PEM of the caller's certificate: only that caller is let in. Without it the server speaks plain HTTP/2.
 */
export async function listen(handler: RequestHandler, clientCertificate: string | undefined): Promise<PluginServer> {
  const directory = mkdtempSync(join(tmpdir(), PREFIX));
  chmodSync(directory, 0o700);
  const socketPath = join(directory, SOCKET);
  const { server, certificate } = clientCertificate ? secureServer(handler, clientCertificate) : plainServer(handler);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(socketPath, resolve));
  const removeDirectory = (): void => rmSync(directory, { recursive: true, force: true });
  process.once("exit", removeDirectory);
  void removeStaleSockets(tmpdir(), PREFIX, SOCKET);
  return { socketPath, certificate, ...clientsOf(server) };
}

function clientsOf(server: Http2Server | Http2SecureServer): Pick<PluginServer, "unused" | "close"> {
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session: ServerHttp2Session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
  });
  const unused = async (): Promise<void> => {
    for (let [session] = sessions; session !== undefined; [session] = sessions) await closed(session);
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const session of sessions) session.close();
    });
  return { unused, close };
}

/** A client may be gone without a good-bye: that is no error to anybody. */
const closed = (session: ServerHttp2Session): Promise<void> => new Promise((resolve) => session.once("close", () => resolve()));

function secureServer(handler: RequestHandler, clientCertificate: string): { server: Http2SecureServer; certificate: string } {
  const { der, pem, keyPem } = makeCertificate();
  const server = createSecureServer(
    {
      cert: pem,
      key: keyPem,
      ca: clientCertificate,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      ALPNProtocols: ["h2"],
    },
    handler,
  );
  return { server, certificate: der.toString("base64").replace(/=+$/, "") };
}

function plainServer(handler: RequestHandler): { server: Http2Server; certificate: string } {
  return { server: createServer(handler), certificate: "" };
}
