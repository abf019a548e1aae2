import { jsonLines, type Engine, type EngineEvent } from "../../engine";

type Listener = (event: EngineEvent | undefined) => void;

/** What watchers ask for. */
const TYPES = ["container", "service"];

const SECOND = 1000;
const feeds = new WeakMap<Engine, Feed>();

/** Wakes its owner when something happens to what it watches. */
export interface Watch {
  /** Resolves at the next event that was not waited for yet, at the deadline, or when the feed breaks. */
  next(milliseconds: number, signal: AbortSignal): Promise<void>;
  close(): void;
}

/** Watches a container. */
export function watchContainer(engine: Engine, container: string): Promise<Watch> {
  return watchEvents(engine, ({ Actor }) => Actor.ID === container);
}

/** Watches for events of containers and services. All watches of an engine share one stream, however many there are at once. */
export async function watchEvents(engine: Engine, concerns: (event: EngineEvent) => boolean): Promise<Watch> {
  const feed = feeds.get(engine) ?? new Feed(engine);
  feeds.set(engine, feed);
  const bell = new Bell();
  const listener: Listener = (event) => {
    if (event === undefined || concerns(event)) bell.ring();
  };
  await feed.add(listener);
  return { next: (milliseconds, signal) => bell.wait(milliseconds, signal), close: () => feed.remove(listener) };
}

/** Remembers that it was rung while nobody waited. */
class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) await this.#sleep(milliseconds, signal);
    this.#rung = false;
  }

  #sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.#wake = undefined;
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener("abort", done, { once: true });
      this.#wake = done;
    });
  }
}

/** One `/events` stream of an engine, open while anybody listens. */
class Feed {
  readonly #engine: Engine;
  readonly #listeners = new Set<Listener>();
  #open: { readonly ready: Promise<void>; readonly abort: AbortController } | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async add(listener: Listener): Promise<void> {
    this.#listeners.add(listener);
    this.#open ??= this.#start();
    try {
      await this.#open.ready;
    } catch (error) {
      this.remove(listener);
      throw error;
    }
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    this.#open?.abort.abort();
    this.#open = undefined;
  }

  #start(): { ready: Promise<void>; abort: AbortController } {
    const abort = new AbortController();
    // The daemon answers before it has subscribed us: what happens in between comes from its buffer.
    const query = { filters: { type: TYPES }, since: Math.floor(Date.now() / SECOND) };
    const response = this.#engine.stream("GET", "/events", { query, signal: abort.signal });
    const ready = response.then(() => undefined);
    response
      .then((stream) => this.#pump(jsonLines<EngineEvent>(stream)))
      .catch(() => undefined)
      .finally(() => this.#broken(abort));
    return { ready, abort };
  }

  async #pump(events: AsyncIterable<EngineEvent>): Promise<void> {
    for await (const event of events) this.#tell(event);
  }

  #tell(event: EngineEvent | undefined): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Listeners look for themselves, and the next one to come opens the stream again. */
  #broken(abort: AbortController): void {
    if (this.#open?.abort === abort) this.#open = undefined;
    if (!abort.signal.aborted) this.#tell(undefined);
  }
}
