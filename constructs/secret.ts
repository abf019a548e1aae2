import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ENVIRONMENT_NAME, isEnvironmentName, isSecretName, SECRET_NAME } from "../store/names";
import { ConstructError } from "./errors";
import { SecretCopy } from "./secret-copy";
import { stackDefaults } from "./stack-defaults";
import type { User } from "./user";
import type { IClient } from "./workload";

export interface StoreOptions {
  /** Whose secret it is: a folder in `secrets/`. @default - the environment that configured the stack, or else the stack's id */
  readonly environment?: string;
}

export interface SecretMountOptions {
  /** Name of a variable that tells the path, without its final `_FILE`: `SMTP_PASSWORD`. @default - no variable */
  readonly as?: string;
  /** Who owns the file. @default - the consumer's user */
  readonly user?: User;
  /** `0440` lets the owner's group read as well. @default "0400" */
  readonly mode?: "0400" | "0440";
}

/** A value that must be in no file, plan or state in clear; containers read it from a file. */
export abstract class Secret {
  /**
   * A value that a person supplies by `npx tiers secrets set NAME ENVIRONMENT`: encrypted in the repository, decrypted by the deploy and
   * written to the host through its Engine API. A missing file lets every plan of its stack fail, and of no other.
   *
   * @throws where it is used: ConstructError `SECRET_NAME`, `SECRET_ENVIRONMENT`, `SECRET_TWICE`, `SECRET_CONSUMER`
   */
  static fromStore(name: string, options: StoreOptions = {}): Secret {
    return new StoredSecret(name, options);
  }

  /**
   * Mounts the value as the file `/run/secrets/NAME/value`, readable by the consumer alone. A new value replaces its consumers.
   *
   * @returns path of the file in the consumer's containers
   */
  abstract mountInto(consumer: IClient, options?: SecretMountOptions): string;
}

class StoredSecret extends Secret {
  constructor(
    private readonly name: string,
    private readonly options: StoreOptions,
  ) {
    super();
  }

  mountInto(consumer: IClient, { as, user, mode = "0400" }: SecretMountOptions = {}): string {
    const { name } = this;
    const environment = this.environmentOf(consumer);
    const id = `Secret-${name}`;
    if (consumer.node.tryFindChild(id) !== undefined) {
      throw new ConstructError("SECRET_TWICE", `consumer must mount a secret once, got "${name}" twice; leave one out`, consumer);
    }
    const scope: unknown = consumer;
    if (!Construct.isConstruct(scope)) {
      throw new ConstructError(
        "SECRET_CONSUMER",
        "consumer must extend Construct, got another kind of node; derive it from Construct",
        consumer,
      );
    }
    const copy = new SecretCopy(scope, id, { consumer, name, environment, user: user ?? consumer.workload.user, mode });
    const file = copy.mountInto(`/run/secrets/${name}`);
    if (as !== undefined) consumer.workload.addEnvironment(`${as}_FILE`, file);
    return file;
  }

  private environmentOf(consumer: IClient): string {
    const environment = this.options.environment ?? stackDefaults(consumer).environment ?? TerraformStack.of(consumer).node.id;
    const fail = (code: string, what: string, got: string): never => {
      throw new ConstructError(code, `${what}, got ${JSON.stringify(got)}; choose another`, consumer);
    };
    if (!isSecretName(this.name)) fail("SECRET_NAME", `secret name must be ${SECRET_NAME}`, this.name);
    if (!isEnvironmentName(environment)) fail("SECRET_ENVIRONMENT", `environment must be ${ENVIRONMENT_NAME}`, environment);
    return environment;
  }
}
