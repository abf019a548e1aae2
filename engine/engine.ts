import type { IncomingMessage } from "node:http";
import { EngineError } from "./error";
import { encodeBody, errorMessage, exchange, parseAnswer, queryString, readAll, type EngineRequest } from "./exchange";
import { DEFAULT_HOST, parseHost, type EngineHost } from "./host";
import { answerSeconds, silent, within } from "./patience";
import { jsonLines } from "./progress";
import { hasTls, loadTls, type TlsMaterial, type TlsOptions } from "./tls";
import { openTransport, type Transport } from "./transport";
import { openTunnel, type Tunnel } from "./tunnel";
import { compareApi, negotiateApi, NEWEST_API, OLDEST_API, type ApiVersion } from "./version";

/** What is so already, such as a container that runs when it is started. */
const NOT_MODIFIED = 304;

/** Which engine to talk to. */
export interface EngineOptions extends TlsOptions {
  /** @default - unix:///var/run/docker.sock */
  readonly host?: string;
  /** Options of ssh, such as `["-o", "StrictHostKeyChecking=no"]`. @default - none */
  readonly sshOptions?: readonly string[];
}

/** What happened on an engine, as `/events` tells it. */
export interface EngineEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: { readonly ID: string; readonly Attributes: { readonly [name: string]: string } };
  readonly time: number;
}

/** A client of the Docker Engine API. Connections are opened by the first request. */
export class Engine {
  /** The address as given. */
  readonly address: string;
  readonly #host: EngineHost;
  readonly #options: EngineOptions;
  readonly #tls: TlsMaterial | undefined;
  #transport: Promise<Transport> | undefined;
  #version: Promise<ApiVersion> | undefined;

  /** @throws EngineHostError when the host or its TLS material is not usable */
  constructor(options: EngineOptions = {}) {
    this.address = options.host ?? DEFAULT_HOST;
    this.#host = parseHost(this.address, hasTls(options));
    // Certificates that the environment names are of no concern to a socket or to ssh.
    this.#tls = this.#host.kind === "tls" ? loadTls(options) : undefined;
    this.#options = options;
  }

  /** The API version in use: the newest that both sides speak, at least 1.41. */
  version(): Promise<ApiVersion> {
    this.#version ??= this.#negotiate().catch((error: unknown) => {
      this.#version = undefined;
      throw error;
    });
    return this.#version;
  }

  /** True when the engine speaks at least this API version. */
  async supports(version: ApiVersion): Promise<boolean> {
    return compareApi(await this.version(), version) >= 0;
  }

  /** @throws EngineError */
  get<T>(path: string, request: EngineRequest = {}): Promise<T> {
    return this.#json<T>("GET", path, request);
  }

  /** @throws EngineError */
  post<T = undefined>(path: string, request: EngineRequest = {}): Promise<T> {
    return this.#json<T>("POST", path, request);
  }

  /** @throws EngineError */
  put<T = undefined>(path: string, request: EngineRequest = {}): Promise<T> {
    return this.#json<T>("PUT", path, request);
  }

  /** @throws EngineError */
  delete<T = undefined>(path: string, request: EngineRequest = {}): Promise<T> {
    return this.#json<T>("DELETE", path, request);
  }

  /** Like {@link get} of an object, but undefined when it does not exist. An answer that holds none does not say that. */
  async find<T>(path: string, request: EngineRequest = {}): Promise<T | undefined> {
    try {
      const found = await this.get<T>(path, request);
      if (typeof found === "object" && found !== null) return found;
      throw new EngineError(0, `the engine at ${this.address} must answer GET ${path} with an object, got ${JSON.stringify(found)}`);
    } catch (error) {
      if (EngineError.isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Sends a request and hands over the answer as a stream: logs, archives, progress. @throws EngineError */
  async stream(method: string, path: string, request: EngineRequest = {}): Promise<IncomingMessage> {
    const prefix = request.versioned === false ? "" : `/v${await this.version()}`;
    const response = await this.#send(method, `${prefix}${path}${queryString(request.query)}`, {
      ...request,
      answerSeconds: request.answerSeconds ?? answerSeconds(method, path),
    });
    const status = response.statusCode ?? 0;
    // A redirect means that the path is none: it is followed nowhere.
    if (status < 300 || status === NOT_MODIFIED) return response;
    throw new EngineError(status, errorMessage(await readAll(response)));
  }

  /** Events from now on, until the signal is aborted. */
  async *events(
    request: { filters?: { readonly [name: string]: readonly string[] }; signal?: AbortSignal } = {},
  ): AsyncGenerator<EngineEvent> {
    const { filters, signal } = request;
    yield* jsonLines<EngineEvent>(await this.stream("GET", "/events", { query: { filters }, ...(signal ? { signal } : {}) }));
  }

  /** A socket of this machine by which programs reach this engine; the engine's own where that is one. To be closed. */
  async tunnel(): Promise<Tunnel> {
    if (this.#host.kind === "unix") return { address: `unix://${this.#host.path}`, close: () => undefined };
    const transport = await this.#open();
    return openTunnel(() => transport.connect());
  }

  /** Closes idle connections, and those in use as soon as they are free. The engine can be used again afterwards. */
  async close(): Promise<void> {
    const transport = this.#transport;
    this.#transport = undefined;
    (await transport)?.close();
  }

  async #json<T>(method: string, path: string, request: EngineRequest): Promise<T> {
    const seconds = request.answerSeconds ?? answerSeconds(method, path);
    const response = await this.stream(method, path, request);
    const inTime = within(seconds, () => response.destroy(silent(this.address, `${method} ${path}`, seconds)));
    try {
      const body = await readAll(response);
      return (
        body === "" && method !== "GET" ? undefined : parseAnswer(body, `the engine at ${this.address} must answer ${method} ${path}`)
      ) as T;
    } finally {
      inTime();
    }
  }

  async #negotiate(): Promise<ApiVersion> {
    const response = await this.stream("GET", "/_ping", { versioned: false });
    response.resume();
    const offered = response.headers["api-version"]?.toString();
    const version = negotiateApi(offered);
    if (version) return version;
    throw new EngineError(
      0,
      `DOCKER_ENGINE_TOO_OLD: the engine at ${this.address} must speak API ${OLDEST_API} to ${NEWEST_API}, got ${offered ?? "no version"}; update Docker to 20.10 or newer`,
    );
  }

  #open(): Promise<Transport> {
    return (this.#transport ??= openTransport(this.#host, {
      ...(this.#tls ? { tls: this.#tls } : {}),
      ...(this.#options.sshOptions ? { sshOptions: this.#options.sshOptions } : {}),
    }));
  }

  async #send(method: string, path: string, request: EngineRequest & { readonly answerSeconds: number }): Promise<IncomingMessage> {
    const transport = await this.#open();
    const { headers, payload } = encodeBody(request);
    const options = { ...transport.request, method, path, headers, ...(request.signal ? { signal: request.signal } : {}) };
    const start = (await (transport.secure ? import("node:https") : import("node:http"))).request;
    const { secure } = transport;
    return exchange({ start, options, payload, secure, address: this.address, answerSeconds: request.answerSeconds });
  }
}
