import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { resolve } from "node:path";
import { startFakeEngine, type FakeEngine } from "../engine/fake-engine";
import { edited } from "./byte-edits";
import { damaged, jsonBytes, type Damage } from "./damage";
import { startFakeRegistry, type FakeRegistry } from "./fake-registry";

type Answers = Readonly<Record<string, unknown>>;

const answersOf = (name: string): Answers =>
  JSON.parse(readFileSync(resolve(__dirname, `../fixtures/answers/${name}.json`), "utf8")) as Answers;

/** A line on standard output, as the engine frames it: the stream, and how long it is. */
const LOG = Buffer.from("\x01\0\0\0\0\0\0\x05line\n");

/** An engine and a registry that have one object of each kind, all of them plausible, and damage one answer of those to a request. */
export class DamagingServers {
  static async start(): Promise<DamagingServers> {
    const servers = new DamagingServers();
    const [ofEngine, ofRegistry] = [answersOf("engine"), answersOf("registry")];
    servers.#engine = await startFakeEngine(({ method = "", url = "" }, _body, response) =>
      servers.#answer(ofEngine, method, url, response),
    );
    servers.#registry = await startFakeRegistry(({ line }, response) => {
      const [method = "", url = ""] = line.split(" ");
      servers.#answer(ofRegistry, method, url, response);
    });
    return servers;
  }

  #engine: FakeEngine | undefined;
  #registry: FakeRegistry | undefined;
  #damage: Damage | undefined;
  #count = 0;
  #isRemoved = false;
  #absent: string | undefined;
  #hasCreated = false;
  #isToldAbsent = false;

  get host(): string {
    return this.#engine?.host ?? "";
  }

  /** Whether an object has been created, and its id was handed out. */
  get hasCreated(): boolean {
    return this.#hasCreated;
  }

  /** The name of an image in the registry. */
  get image(): string {
    return `${this.#registry?.address ?? ""}/a:1`;
  }

  /**
   * Begins anew: nothing has been asked or removed.
   * @param absent - the path of the kind of which nothing is there until it is created, such as `/networks`. @default - all are there
   */
  reset(damage?: Damage, absent?: string): void {
    this.#damage = damage;
    this.#count = 0;
    this.#isRemoved = false;
    this.#absent = absent;
    this.#hasCreated = false;
    this.#isToldAbsent = false;
  }

  /** Whether something was said not to be there. */
  get isToldAbsent(): boolean {
    return this.#isToldAbsent;
  }

  async close(): Promise<void> {
    await Promise.all([this.#engine?.close(), this.#registry?.close()]);
  }

  #answer(answers: Answers, method: string, url: string, response: ServerResponse): void {
    if (url.includes("/events")) {
      response.writeHead(200).flushHeaders();
      return;
    }
    if (url.includes("/logs?")) {
      response.end(edited(LOG, this.#damage?.edits ?? []));
      return;
    }
    if (method === "DELETE") this.#isRemoved = true;
    if (method === "POST" && url.includes("/create")) this.#absent = undefined;
    const isDamaged = this.#damage?.nth === this.#count++;
    this.#note(method, url, isDamaged ? this.#damage : undefined);
    const found = this.#find(answers, method, url);
    const damage = isDamaged ? this.#damage : undefined;
    const body = damage ? damaged(found, damage) : jsonBytes(found);
    const digest = isDamaged ? {} : { "Docker-Content-Digest": `sha256:${"b".repeat(64)}` };
    const status = damage?.status ?? (found !== undefined ? 200 : method === "GET" ? 404 : 204);
    if (status === 404) this.#isToldAbsent = true;
    response.writeHead(status, { "Content-Type": "application/json", ...digest });
    response.end(method === "HEAD" || damage?.status === 304 ? undefined : body);
  }

  /** An image that is pulled is nobody's; what is removed again is nobody's any more. */
  #note(method: string, url: string, damage: Damage | undefined): void {
    if (method === "POST" && !damage && /(?<!images)\/create/.test(url)) this.#hasCreated = true;
    if (method === "DELETE" && damage?.status === undefined) this.#hasCreated = false;
  }

  /** What is there, by the first path that fits; a removed object is in no list. */
  #find(answers: Answers, method: string, url: string): unknown {
    const path = url.replace(/^\/v1\.\d+/, "").replace(/\?.*/, "");
    if (method === "GET" && path === this.#absent) return [];
    if (method === "GET" && this.#absent !== undefined && path.startsWith(`${this.#absent}/`)) return undefined;
    const fits = (pattern: string): boolean => {
      const [kind = "", parts = ""] = pattern.split(" ");
      return kind === method && new RegExp(`^${parts.replaceAll("*", "[^/]+")}$`).test(path);
    };
    const name = Object.keys(answers).find(fits);
    const found = name === undefined ? undefined : answers[name];
    return Array.isArray(found) && this.#isRemoved ? [] : found;
  }
}
