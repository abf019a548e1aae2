import { createHash } from "node:crypto";
import type { RegistryAuth } from "../registry-auth";
import { parseChallenge } from "./challenge";
import { MANIFEST_TYPES, type Manifest } from "./manifest";
import { isLoopback, type RegistryImage } from "./registry-address";
import { exchange, type RegistryRequest, type RegistryResponse } from "./registry-exchange";
import { RegistryError, registryReason } from "./registry-error";
import { answerChallenge } from "./registry-token";

/** How a registry is talked to. */
export interface RegistryOptions {
  readonly auth?: RegistryAuth;
  /** Takes any certificate. @default false */
  readonly insecure?: boolean;
  readonly signal: AbortSignal;
}

type Call = Pick<RegistryRequest, "method" | "headers">;

const ACCEPT = { accept: MANIFEST_TYPES.join(", ") };

/** The repository of one image in a registry, over its HTTP API (version 2). */
export class Registry {
  readonly #image: RegistryImage;
  readonly #options: RegistryOptions;
  #authorization: string | undefined;
  #plain: boolean;

  constructor(image: RegistryImage, options: RegistryOptions) {
    this.#image = image;
    this.#options = { ...options, insecure: options.insecure === true || isLoopback(image.host) };
    this.#plain = options.auth?.plain === true;
  }

  /** The digest of the manifest that a tag stands for, `sha256:...`. @throws RegistryError */
  async digest(tag: string): Promise<string> {
    const { headers } = await this.#call(`manifests/${tag}`, { method: "HEAD", headers: ACCEPT });
    const told = headers["docker-content-digest"];
    return typeof told === "string" ? told : (await this.manifest(tag)).digest;
  }

  /** The manifest of a tag or digest. @throws RegistryError */
  async manifest(tag: string): Promise<{ readonly digest: string; readonly mediaType: string; readonly manifest: Manifest }> {
    const { headers, body } = await this.#call(`manifests/${tag}`, { headers: ACCEPT });
    const manifest = JSON.parse(body.toString("utf8")) as Manifest;
    const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
    return { digest, mediaType: manifest.mediaType ?? headers["content-type"] ?? "", manifest };
  }

  /** The platform that an image's configuration is for. @throws RegistryError */
  async platform(configDigest: string): Promise<{ readonly architecture?: string; readonly os?: string }> {
    const { body } = await this.#call(`blobs/${configDigest}`, {});
    return JSON.parse(body.toString("utf8")) as { architecture?: string; os?: string };
  }

  /** All tags, page by page. @throws RegistryError */
  async tags(): Promise<string[]> {
    const tags: string[] = [];
    for (let path: string | undefined = "tags/list"; path !== undefined;) {
      const { headers, body }: RegistryResponse = await this.#call(path, {});
      tags.push(...((JSON.parse(body.toString("utf8")) as { tags?: string[] | null }).tags ?? []));
      const next = /<[^>]*\?([^>]*)>\s*;\s*rel="?next/.exec(headers["link"]?.toString() ?? "")?.[1];
      path = next === undefined ? undefined : `tags/list?${next}`;
    }
    return tags;
  }

  /** Removes a manifest and with it all its tags; nothing when it is gone already. @throws RegistryError */
  async remove(digest: string): Promise<void> {
    await this.#call(`manifests/${digest}`, { method: "DELETE" }).catch((error: unknown) => {
      if (!(error instanceof RegistryError) || error.status !== 404) throw error;
    });
  }

  async #call(path: string, call: Call): Promise<RegistryResponse> {
    const first = await this.#send(path, call);
    const challenge = first.status === 401 ? parseChallenge(first.headers["www-authenticate"]) : undefined;
    const { auth, signal, insecure = false } = this.#options;
    const scope = `repository:${this.#image.path}:${call.method === "DELETE" ? "*" : "pull"}`;
    const answer = challenge && (await answerChallenge(challenge, auth, scope, { signal, insecure }));
    if (answer !== undefined) this.#authorization = answer;
    const response = answer === undefined ? first : await this.#send(path, call);
    if (response.status < 300) return response;
    throw new RegistryError(response.status, registryReason(response.status, response.body.toString("utf8")));
  }

  async #send(path: string, call: Call): Promise<RegistryResponse> {
    const { host, path: repository } = this.#image;
    const headers = { ...call.headers, ...(this.#authorization ? { authorization: this.#authorization } : {}) };
    const { signal, insecure = false } = this.#options;
    const url = new URL(`${this.#plain ? "http" : "https"}://${host}/v2/${repository}/${path}`);
    try {
      return await exchange(url, { ...call, headers, signal, insecure });
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") throw error;
      if (this.#plain || !isLoopback(host)) throw unreachable(url.origin, error);
      // As Docker does it: on this machine a registry may speak plain http.
      this.#plain = true;
      return this.#send(path, call);
    }
  }
}

function unreachable(origin: string, cause: unknown): RegistryError {
  const { message, code } = cause as { message?: string; code?: string };
  return new RegistryError(0, `no registry answers at ${origin}: ${message || String(code)}`, { cause });
}
