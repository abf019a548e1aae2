import { AzurermBackend, GcsBackend, HttpBackend, PgBackend, S3Backend, type TerraformStack } from "cdktf";
import { keepStateLocally } from "./local-state";
import { requireAddress } from "./state-address";

/** Where in a store the states of a program lie; each stack's name is added. */
interface Prefixed {
  /** @default "docker-tiers" */
  readonly prefix?: string;
}

export interface S3StateProps extends Prefixed {
  readonly bucket: string;
  /** @default - that of the environment or profile of whoever runs Terraform */
  readonly region?: string;
  /** URL of a store other than Amazon's that speaks its protocol. @default - Amazon's own */
  readonly endpoint?: string;
  /** DynamoDB table that holds the locks. @default - a lock file beside the state, which needs Terraform 1.10 */
  readonly lockTable?: string;
}

export interface GcsStateProps extends Prefixed {
  readonly bucket: string;
}

export interface AzurermStateProps extends Prefixed {
  readonly storageAccount: string;
  readonly container: string;
  /** @default - found by the storage account's access key */
  readonly resourceGroup?: string;
}

export interface HttpStateProps {
  /** URL below which each stack has its state: `ADDRESS/STACK`. */
  readonly address: string;
  /** What follows the state's URL to lock it, such as `/lock`. @default - the state's URL */
  readonly lockPath?: string;
  /** @default "LOCK" */
  readonly lockMethod?: string;
  /** @default "UNLOCK" */
  readonly unlockMethod?: string;
  /** @default "POST" */
  readonly updateMethod?: string;
}

export interface PgStateProps {
  /** `postgres://[user@]host[:port]/database`, without a password. */
  readonly address: string;
  /** The stack's name is added. @default "docker_tiers" */
  readonly schema?: string;
}

/**
 * Where Terraform keeps the state of a stack. Each stack has a place of its own, and each kind locks it while a command runs. Credentials are
 * never part of it: Terraform takes them from the environment of whoever runs it (`AWS_*`, `GOOGLE_*`, `ARM_*`, `TF_HTTP_*`, `PG*`).
 */
export class StateBackend {
  /** A file beside `cdktf.out`, readable by its owner alone. */
  static local(): StateBackend {
    return new StateBackend(keepStateLocally);
  }

  /** https://developer.hashicorp.com/terraform/language/backend/s3; encrypted by the store's own key. */
  static s3({ bucket, prefix, region, endpoint, lockTable }: S3StateProps): StateBackend {
    return new StateBackend((stack) => {
      const key = `${keyOf(stack, prefix)}.tfstate`;
      if (endpoint !== undefined) requireAddress(stack, "s3", endpoint);
      new S3Backend(stack, {
        bucket,
        key,
        encrypt: true,
        ...(region === undefined ? {} : { region }),
        ...(lockTable === undefined ? {} : { dynamodbTable: lockTable }),
        ...(endpoint === undefined ? {} : { endpoints: { s3: endpoint }, ...OTHER_STORE }),
      });
      // Newer than what cdktf knows of this backend.
      if (lockTable === undefined) stack.addOverride("terraform.backend.s3.use_lockfile", true);
    });
  }

  /** https://developer.hashicorp.com/terraform/language/backend/gcs */
  static gcs({ bucket, prefix }: GcsStateProps): StateBackend {
    return new StateBackend((stack) => new GcsBackend(stack, { bucket, prefix: keyOf(stack, prefix) }));
  }

  /** https://developer.hashicorp.com/terraform/language/backend/azurerm */
  static azurerm({ storageAccount, container, prefix, resourceGroup }: AzurermStateProps): StateBackend {
    return new StateBackend((stack) => {
      new AzurermBackend(stack, {
        storageAccountName: storageAccount,
        containerName: container,
        key: `${keyOf(stack, prefix)}.tfstate`,
        ...(resourceGroup === undefined ? {} : { resourceGroupName: resourceGroup }),
      });
    });
  }

  /** https://developer.hashicorp.com/terraform/language/backend/http; the server must know how to lock. */
  static http({
    address,
    lockPath = "",
    lockMethod = "LOCK",
    unlockMethod = "UNLOCK",
    updateMethod = "POST",
  }: HttpStateProps): StateBackend {
    return new StateBackend((stack) => {
      requireAddress(stack, "http", address);
      const state = `${address.replace(/\/+$/, "")}/${stack.node.id}`;
      const lock = `${state}${lockPath}`;
      new HttpBackend(stack, { address: state, updateMethod, lockAddress: lock, lockMethod, unlockAddress: lock, unlockMethod });
    });
  }

  /** https://developer.hashicorp.com/terraform/language/backend/pg */
  static pg({ address, schema = "docker_tiers" }: PgStateProps): StateBackend {
    return new StateBackend((stack) => {
      requireAddress(stack, "pg", address);
      new PgBackend(stack, { connStr: address, schemaName: `${schema}_${stack.node.id.replaceAll("-", "_")}` });
    });
  }

  private constructor(private readonly add: (stack: TerraformStack) => unknown) {}

  /**
   * Gives a stack its place.
   *
   * @throws ConstructError `STATE_BACKEND` for an address that is none, that has credentials, or that is not encrypted
   */
  bind(stack: TerraformStack): void {
    this.add(stack);
  }
}

/** What only Amazon's own store answers is not asked. */
const OTHER_STORE = {
  usePathStyle: true,
  skipCredentialsValidation: true,
  skipMetadataApiCheck: true,
  skipRegionValidation: true,
  skipRequestingAccountId: true,
} as const;

const keyOf = (stack: TerraformStack, prefix = "docker-tiers"): string => `${prefix}/${stack.node.id}`;
