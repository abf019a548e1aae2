import type { BridgeNetwork } from "./networks/bridge-network";
import type { IConstruct } from "constructs";
import { Connections } from "./connections";
import { requireReachable } from "./crossing";
import { ConstructError } from "./errors";
import type { IClient } from "./workload";

/** How a client is let in. */
export interface AllowFromOptions {
  /** Prefix of the client's environment variables, such as `DATABASE` for `DATABASE_HOST`. */
  readonly as: string;
  /** Lets in a client of another environment, such as a web tier of staging at the database of dev. @default false */
  readonly otherEnvironment?: boolean;
}

/** What a client needs to know of a server. */
export interface Server {
  /** Whose it is. */
  readonly owner: IConstruct;
  readonly network: BridgeNetwork;
  readonly host: string;
  readonly port: number;
  /** Gives the client its password in a directory, and returns the file's path. */
  readonly grantPassword: (directory: string) => string;
  /** Further variables by their suffix, such as `NAME`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Attaches a client to a server's network and hands it `PREFIX_HOST`, `PREFIX_PORT` and `PREFIX_PASSWORD_FILE`.
 *
 * @throws ConstructError `ALLOW_FROM_AS` for a prefix that is no upper-case variable name; `OTHER_HOST`, `OTHER_ENVIRONMENT`
 */
export function letIn(client: IClient, { as, otherEnvironment = false }: AllowFromOptions, server: Server): void {
  if (!/^[A-Z][A-Z0-9_]*$/.test(as)) {
    throw new ConstructError("ALLOW_FROM_AS", `as must be an upper-case variable name, got ${JSON.stringify(as)}; use "DATABASE"`, client);
  }
  requireReachable(client, server.owner, { otherEnvironment });
  const { workload } = client;
  workload.attach({ network: server.network, aliases: [], otherEnvironment });
  const directory = `/run/secrets/${as.toLowerCase().replaceAll("_", "-")}`;
  const variables = {
    HOST: server.host,
    PORT: String(server.port),
    ...server.variables,
    PASSWORD_FILE: server.grantPassword(directory),
  };
  for (const [suffix, value] of Object.entries(variables)) workload.addEnvironment(`${as}_${suffix}`, value);
  Connections.of(client).add({ from: client, to: server.owner, port: server.port, network: server.network });
}
