import type { BridgeNetwork } from "./bridge-network";
import { ConstructError } from "./errors";
import type { GeneratedSecret } from "./generated-secret";
import type { IClient } from "./workload";

/** How a client is let in. */
export interface AllowFromOptions {
  /** Prefix of the client's environment variables, such as `DATABASE` for `DATABASE_HOST`. */
  readonly as: string;
}

/** What a client needs to know of a server. */
export interface Server {
  readonly network: BridgeNetwork;
  readonly host: string;
  readonly port: number;
  readonly secret: GeneratedSecret;
  /** Further variables by their suffix, such as `NAME`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Attaches a client to a server's network and hands it `PREFIX_HOST`, `PREFIX_PORT` and `PREFIX_PASSWORD_FILE`.
 *
 * @throws ConstructError `ALLOW_FROM_AS` for a prefix that is no upper-case variable name
 */
export function letIn(client: IClient, { as }: AllowFromOptions, server: Server): void {
  if (!/^[A-Z][A-Z0-9_]*$/.test(as)) {
    throw new ConstructError("ALLOW_FROM_AS", `as must be an upper-case variable name, got ${JSON.stringify(as)}; use "DATABASE"`, client);
  }
  const { workload } = client;
  workload.attach({ network: server.network, aliases: [] });
  const directory = `/run/secrets/${as.toLowerCase().replaceAll("_", "-")}`;
  const variables = {
    HOST: server.host,
    PORT: String(server.port),
    ...server.variables,
    PASSWORD_FILE: server.secret.grantRead(client, "password", directory),
  };
  for (const [suffix, value] of Object.entries(variables)) workload.addEnvironment(`${as}_${suffix}`, value);
}
