import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConstructError, StateBackend } from "../../constructs";
import { inFolder, newStack, synth, written } from "./synth";

function synthWithState(folder: string): unknown {
  const stack = newStack(folder);
  StateBackend.local().bind(stack);
  return JSON.parse(written(folder, stack));
}

const mode = (folder: string, file: string): string => (statSync(join(folder, file)).mode & 0o777).toString(8);

describe("StateBackend.local", () => {
  it("keeps the state beside the output, by a relative path, for its owner alone", () => {
    inFolder((folder) => {
      expect(synthWithState(folder)).toMatchObject({ terraform: { backend: { local: { path: "../../../terraform.dev.tfstate" } } } });
      expect(mode(folder, "terraform.dev.tfstate")).toBe("600");
      expect(mode(folder, "terraform.dev.tfstate.backup")).toBe("600");
    });
  });

  it("leaves a state that is there as it is, and takes it from others", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "terraform.dev.tfstate"), "state", { mode: 0o644 });
      synthWithState(folder);
      expect(readFileSync(join(folder, "terraform.dev.tfstate"), "utf8")).toBe("state");
      expect(mode(folder, "terraform.dev.tfstate")).toBe("600");
    });
  });
});

/** What Terraform reads of a backend in stack `dev-eu`. */
const backend = (state: StateBackend): unknown => synth((stack) => state.bind(stack), { stack: "dev-eu" }).terraform["backend"];

describe("a state elsewhere", () => {
  it("lies in S3, encrypted, with a lock file", () => {
    expect(backend(StateBackend.s3({ bucket: "states", region: "eu-central-1" }))).toEqual({
      s3: { bucket: "states", key: "docker-tiers/dev-eu.tfstate", region: "eu-central-1", encrypt: true, use_lockfile: true },
    });
  });

  it("lies in a store that speaks S3, of which Amazon's own services are not asked", () => {
    expect(backend(StateBackend.s3({ bucket: "states", prefix: "shop", endpoint: "https://minio.example", lockTable: "locks" }))).toEqual({
      s3: {
        bucket: "states",
        key: "shop/dev-eu.tfstate",
        encrypt: true,
        dynamodb_table: "locks",
        endpoints: { s3: "https://minio.example" },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
      },
    });
  });

  it("lies in a bucket of Google's", () => {
    expect(backend(StateBackend.gcs({ bucket: "states" }))).toEqual({ gcs: { bucket: "states", prefix: "docker-tiers/dev-eu" } });
  });

  it("lies in a container of Azure's", () => {
    expect(backend(StateBackend.azurerm({ storageAccount: "acme", container: "states", resourceGroup: "infra" }))).toEqual({
      azurerm: { storage_account_name: "acme", container_name: "states", key: "docker-tiers/dev-eu.tfstate", resource_group_name: "infra" },
    });
  });

  it("lies on a server that is asked by HTTP, which locks it", () => {
    const address = "https://git.example/api/v4/projects/7/terraform/state";
    expect(backend(StateBackend.http({ address, lockPath: "/lock", lockMethod: "POST", unlockMethod: "DELETE" }))).toEqual({
      http: {
        address: `${address}/dev-eu`,
        update_method: "POST",
        lock_address: `${address}/dev-eu/lock`,
        lock_method: "POST",
        unlock_address: `${address}/dev-eu/lock`,
        unlock_method: "DELETE",
      },
    });
  });

  it("lies in PostgreSQL, in a schema of the stack's own", () => {
    expect(backend(StateBackend.pg({ address: "postgres://terraform@db.example/states?sslmode=verify-full" }))).toEqual({
      pg: { conn_str: "postgres://terraform@db.example/states?sslmode=verify-full", schema_name: "docker_tiers_dev_eu" },
    });
  });
});

describe("an address of a state", () => {
  const bound = (state: StateBackend) => () => backend(state);

  it.each([
    [
      "is none",
      StateBackend.http({ address: "states" }),
      'address must be https://... or http://..., got another form; use "https://states.example/shop"',
    ],
    [
      "is known later, as Terraform does not allow",
      StateBackend.http({ address: "${var.states}" }),
      'address must be https://... or http://..., got another form; use "https://states.example/shop"',
    ],
    [
      "has credentials",
      StateBackend.http({ address: "https://ci:hunter2@states.example" }),
      "address must have no credentials, got one with them; leave them out: Terraform takes them from TF_HTTP_USERNAME and TF_HTTP_PASSWORD",
    ],
    [
      "is not encrypted",
      StateBackend.http({ address: "http://states.example/shop" }),
      'address must be encrypted but on loopback, got "http://states.example"; use "https://states.example"',
    ],
    [
      "has a database's password",
      StateBackend.pg({ address: "postgres://tiers:hunter2@db.example/states" }),
      "address must have no credentials, got one with them; leave them out: Terraform takes them from PGPASSWORD or PGPASSFILE",
    ],
    [
      "has a database's password among its options",
      StateBackend.pg({ address: "postgres://db.example/states?sslmode=require&password=hunter2" }),
      "address must have no credentials, got one with them; leave them out: Terraform takes them from PGPASSWORD or PGPASSFILE",
    ],
    [
      "has a store's keys",
      StateBackend.s3({ bucket: "states", endpoint: "https://AKIA:hunter2@minio.example" }),
      "endpoint must have no credentials, got one with them; leave them out: Terraform takes them from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile",
    ],
  ])("fails when it %s", (_what, state, message) => {
    expect(bound(state)).toThrow(new ConstructError("STATE_BACKEND", `${message} (at dev-eu)`));
  });

  it("may be plain on loopback, and have a database's user", () => {
    expect(bound(StateBackend.http({ address: "http://127.0.0.1:8080/states" }))).not.toThrow();
    expect(bound(StateBackend.pg({ address: "postgres://tiers@db.example/states" }))).not.toThrow();
  });
});
