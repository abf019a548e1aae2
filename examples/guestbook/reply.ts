import type { ServerResponse } from "node:http";
import { STYLE_HASH } from "./style";

export type Headers = Readonly<Record<string, string>>;

const SECURITY: Headers = {
  "content-security-policy": `default-src 'none'; style-src '${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** Answers of one replica; every one of them names it. */
export class Reply {
  constructor(
    private readonly response: ServerResponse,
    private readonly common: Headers,
  ) {}

  html(status: number, page: string, headers: Headers = {}): void {
    this.send(status, page, { "content-type": "text/html; charset=utf-8", ...headers });
  }

  json(status: number, value: unknown, headers: Headers = {}): void {
    this.send(status, `${JSON.stringify(value)}\n`, { "content-type": "application/json; charset=utf-8", ...headers });
  }

  seeOther(location: string): void {
    this.send(303, "", { location });
  }

  private send(status: number, body: string, headers: Headers): void {
    if (this.response.headersSent) return;
    const length = String(Buffer.byteLength(body));
    const all = { "cache-control": "no-store", ...SECURITY, ...this.common, "content-length": length, ...headers };
    this.response.writeHead(status, all).end(this.response.req.method === "HEAD" ? undefined : body);
  }
}
