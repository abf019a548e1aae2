import { TerraformStack, Testing } from "cdktf";
import { stateBackend, state } from "../../../config/rules/state";
import { check } from "../../../config/rules/rule";

/** The backend that a text gives to stack `dev`. */
function rendered(text: string): unknown {
  const outcome = stateBackend(text);
  if (!("value" in outcome)) throw new Error(`${text} must be accepted, got the hint ${JSON.stringify(outcome.hint)}`);
  const stack = new TerraformStack(Testing.app(), "dev");
  outcome.value.bind(stack);
  return (JSON.parse(Testing.synth(stack)) as { terraform: { backend: unknown } }).terraform.backend;
}

describe("where a state is kept", () => {
  it.each([
    ["local", { local: { path: "../../../terraform.dev.tfstate" } }],
    ["s3://states", { s3: { bucket: "states", key: "docker-tiers/dev.tfstate" } }],
    ["s3://states/a/b?region=eu-central-1", { s3: { bucket: "states", key: "a/b/dev.tfstate", region: "eu-central-1" } }],
    ["s3://states?endpoint=https://minio.example:9000", { s3: { endpoints: { s3: "https://minio.example:9000" } } }],
    ["s3://states?lock_table=locks", { s3: { dynamodb_table: "locks" } }],
    ["gs://states/shop", { gcs: { bucket: "states", prefix: "shop/dev" } }],
    ["azurerm://acme/states/shop?resource_group=infra", { azurerm: { storage_account_name: "acme", key: "shop/dev.tfstate" } }],
    ["https://git.example/state/?lock_path=/lock&lock_method=POST", { http: { lock_address: "https://git.example/state/dev/lock" } }],
    ["http://127.0.0.1:8080/state", { http: { address: "http://127.0.0.1:8080/state/dev", lock_method: "LOCK" } }],
    ["postgres://tf@db.example:5433/states", { pg: { conn_str: "postgres://tf@db.example:5433/states?sslmode=verify-full" } }],
    ["postgres://db.example/states?schema=shop&sslmode=require", { pg: { schema_name: "shop_dev" } }],
  ])("takes %s", (text, backend) => {
    expect(rendered(text)).toMatchObject(backend);
    expect(check(state, text)).toEqual({ value: text });
  });

  it.each([
    ["consul://states", ""],
    ["/srv/states", ""],
    ["s3://states/${path}", ""],
    ["s3://", "write s3://BUCKET/PREFIX"],
    ["azurerm://acme", "write azurerm://ACCOUNT/CONTAINER/PREFIX"],
    ["postgres://db.example", "write postgres://USER@HOST/DATABASE"],
    ["s3://states?acl=public-read", "acl is no option here: region, endpoint, lock_table"],
    ["gs://states?region=eu", "leave out region"],
    ["http://states.example/dev", "write https://states.example/dev: a state tells what runs where, and must not cross a network in clear"],
    ["postgres://tf:hunter2@db.example/states", "leave out the credentials: Terraform takes them from the variables of whoever runs it"],
    ["https://tf@states.example/x", "leave out the credentials: Terraform takes them from the variables of whoever runs it"],
  ])("fails for %s", (text, hint) => {
    expect(check(state, text)).toEqual({ hint });
  });
});
