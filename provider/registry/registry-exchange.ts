import type { IncomingHttpHeaders } from "node:http";
import type { RequestOptions } from "node:https";

const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;

/** One request to a registry or to its token server. */
export interface RegistryRequest {
  readonly method?: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Takes any certificate. */
  readonly insecure?: boolean;
}

/** The whole answer. */
export interface RegistryResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends a request and follows redirects; credentials stay with the host that they are for. @throws Error of node:net */
export async function exchange(url: URL, request: RegistryRequest, redirects = MOST_REDIRECTS): Promise<RegistryResponse> {
  const response = await send(url, request);
  const { location } = response.headers;
  if (response.status < 301 || response.status > 308 || location === undefined || redirects === 0) return response;
  const target = new URL(location, url);
  return exchange(target, redirected(request, url, target), redirects - 1);
}

/** The request for where a redirect leads: without its credentials on another host, or without encryption where there was one. */
export function redirected(request: RegistryRequest, from: URL, to: URL): RegistryRequest {
  if (to.host === from.host && (to.protocol === from.protocol || to.protocol === "https:")) return request;
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => name.toLowerCase() !== "authorization");
  return { ...request, headers: Object.fromEntries(headers) };
}

async function send(
  url: URL,
  { method = "GET", headers = {}, body, signal, insecure = false }: RegistryRequest,
): Promise<RegistryResponse> {
  const { request } = url.protocol === "http:" ? await import("node:http") : await import("node:https");
  const options: RequestOptions = { method, headers, signal, timeout: TIMEOUT_MS, rejectUnauthorized: !insecure };
  return new Promise((resolve, reject) => {
    const outgoing = request(url, options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk)).once("error", reject);
      incoming.once("end", () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }));
    });
    outgoing.once("timeout", () => outgoing.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}
