import { unconfigured, type Configuration } from "../configuration";
import { DiagnosticError } from "../diagnostic";
import type { Log } from "../log";
import type { OperationInput } from "../operation";
import type { Lifecycle } from "../plugin/lifecycle";
import type { DataSource, Resource } from "../resource";

/** What the service answers for. */
export interface ProviderOptions {
  readonly resources: { readonly [typeName: string]: Resource };
  readonly dataSources: { readonly [typeName: string]: DataSource };
  readonly lifecycle: Pick<Lifecycle, "stopping" | "ended" | "stop">;
  readonly log: Log;
}

/** One run of the provider: from its configuration on, all calls share an engine. */
export class Session {
  #configuration: Configuration = unconfigured();
  readonly #options: ProviderOptions;

  constructor(options: ProviderOptions) {
    this.#options = options;
    // A provider that serves many commands would keep the connections of each.
    void options.lifecycle.ended.then(() => this.#configuration.close());
  }

  /** Takes what the provider block resolves to, instead of what there was. */
  async configure(configuration: Configuration): Promise<void> {
    const before = this.#configuration;
    this.#configuration = configuration;
    await before.close();
  }

  /** The input of an operation. `name` is what it does, for messages. */
  input(name: string, priorPrivate: Uint8Array = new Uint8Array()): OperationInput {
    const { log, lifecycle } = this.#options;
    return { configuration: this.#configuration, log, signal: lifecycle.stopping, name, priorPrivate };
  }

  /** @throws DiagnosticError when there is no such resource */
  resource(typeName: string): Resource {
    return known(this.#options.resources[typeName], "resource", typeName);
  }

  /** @throws DiagnosticError when there is no such data source */
  dataSource(typeName: string): DataSource {
    return known(this.#options.dataSources[typeName], "data source", typeName);
  }
}

function known<T>(entry: T | undefined, kind: string, typeName: string): T {
  if (entry !== undefined) return entry;
  throw new DiagnosticError(`Unknown ${kind}`, `type must be a ${kind} of this provider, got ${typeName}`);
}
