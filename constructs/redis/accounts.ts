import { Construct } from "constructs";
import { accountName } from "../account-name";
import { Claims } from "../claims";
import { Container } from "../container";
import { ConstructError } from "../errors";
import { GeneratedSecret } from "../generated-secret";
import { shortHash } from "../hash";
import type { IContainerImage } from "../images/bound-image";
import { objectName } from "../naming";
import type { INetwork } from "../networks/network";
import { ServerJob } from "../server-job";
import { KeptVolume } from "../storage/kept-volume";
import type { User } from "../user";
import { Workload, type IClient } from "../workload";
import { LOAD, WRITE } from "./acl-scripts";

/** The server that has the accounts. */
export interface AccountServer {
  readonly scope: Construct;
  readonly image: IContainerImage;
  readonly user: User;
  readonly workload: Workload;
  readonly container: Container;
  readonly secret: GeneratedSecret;
  readonly network: INetwork;
  readonly host: string;
  /** The server's own command line client. */
  readonly client: string;
}

const DIRECTORY = "/acl";
const NAMES = new Claims("REDIS_ACCOUNT", "account");

/**
 * Accounts of clients, in a file that the server reads at its start: a job writes it before, with digests of the passwords, and another one lets
 * the running server read it again.
 */
export class Accounts {
  private readonly passwords: GeneratedSecret;
  private readonly rules = new Map<string, string>();

  constructor(private readonly server: AccountServer) {
    const { scope, image, user, workload, container, client, network, host, secret } = server;
    NAMES.claim(scope, "default", scope);
    this.passwords = new GeneratedSecret(scope, "Account", { image, names: [], user });
    const volume = new KeptVolume(scope, "Acl", { name: objectName(scope, "acl") });
    const written = this.writer(volume);
    workload.mount(volume.mountAt(DIRECTORY, true));
    workload.addDependency(written);
    const load = new ServerJob(scope, "AclLoad", {
      image,
      user,
      server: container,
      script: LOAD,
      words: () => [client, host, shortHash(this.words())],
    });
    load.workload.attach({ network, aliases: [] });
    load.workload.addDependency(written);
    secret.mountInto(load.workload, "/run/secrets/redis");
  }

  /** @throws ConstructError `REDIS_ACL` for a second set of rules, `REDIS_ACCOUNT` for a name that is taken */
  grant(client: IClient, rules: string): string {
    const name = accountName(this.server.scope, client);
    NAMES.claim(this.server.scope, name, client);
    const known = this.rules.get(name);
    if (known !== undefined && known !== rules)
      throw new ConstructError("REDIS_ACL", "client must have one set of keys and commands, got two; put them into one", client);
    this.rules.set(name, rules);
    return name;
  }

  /** Gives a client the file of its password. */
  grantPassword(client: IClient, directory: string): string {
    return this.passwords.grantNew(client, accountName(this.server.scope, client), directory);
  }

  private writer(volume: KeptVolume): Container {
    const { scope, image, user, secret } = this.server;
    const owner = new Construct(scope, "AclWrite");
    const workload = new Workload(owner, {
      image,
      lifetime: "job",
      rolling: true,
      memoryMiB: 16,
      entrypoint: ["sh", "-c", WRITE, "write"],
      user: { uid: 0, gid: 0 },
      capabilities: ["CAP_CHOWN", "CAP_DAC_OVERRIDE"],
      tmpfs: {},
    });
    workload.mount(volume.mountAt(DIRECTORY, false));
    secret.mountInto(workload, "/run/secrets/redis");
    this.passwords.mountInto(workload, "/run/secrets/accounts");
    const ids = `${String(user.uid)}:${String(user.gid)}`;
    return new Container(owner, "Resource", objectName(owner), () => ({ ...workload.spec(), command: [ids, ...this.words()] }));
  }

  private words(): string[] {
    return [...this.rules].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
  }
}
