import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { makeCertificate } from "../../provider/plugin/certificate";

/** What a registry was asked. */
export interface Asked {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A server on this machine that answers as a test says. */
export interface FakeRegistry {
  readonly address: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** Starts a fake registry that speaks plain http, or TLS with a certificate that nobody knows. */
export async function startFakeRegistry(
  answer: (asked: Asked, response: ServerResponse) => void,
  options: { readonly tls?: boolean } = {},
): Promise<FakeRegistry> {
  const asked: Asked[] = [];
  const handle: RequestListener = (request: IncomingMessage, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const entry = { line: `${method} ${url}`, authorization: headers.authorization, body };
      asked.push(entry);
      answer(entry, response);
    });
  };
  const server = options.tls ? createSecureServer(serverCertificate(), handle) : createServer(handle);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const bound = server.address();
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { address: `127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`, asked, close };
}

function serverCertificate(): { cert: string; key: string } {
  const { pem, keyPem } = makeCertificate();
  return { cert: pem, key: keyPem };
}
