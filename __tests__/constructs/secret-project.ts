import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Health, Secret, Service } from "../../constructs";
import type { Identities } from "../../store/identity";
import { SecretStore } from "../../store/secret-store";
import { person } from "../store/temporary";
import { resource, shopImage, synth, type SynthOptions, type TerraformJson } from "./synth";

/** The project of the test, with a secret `smtp` for its environment `dev`; the test runs in its folder. */
export let project: string;
export let ada: Identities;
export let store: SecretStore;

const before = process.cwd();
beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), "docker-tiers-secret-"));
  ada = await person();
  store = new SecretStore(join(project, "secrets"), "dev");
  store.init(ada.recipients);
  await store.set("smtp", Buffer.from("hunter2"));
  writeFileSync(join(project, "package.json"), '{"name":"shop"}');
  process.chdir(project);
});
afterEach(() => {
  process.chdir(before);
  rmSync(project, { recursive: true });
});

/** A consumer of secrets. */
export const service = (stack: TerraformStack, id = "Shop"): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, replicas: 2, health: Health.shell("true") });

/** A stack of one consumer that mounts the secret, or what is called back. */
export const shop = (
  mount: (shop: Service) => void = (shop) => Secret.fromStore("smtp").mountInto(shop),
  options: SynthOptions = {},
): TerraformJson => synth((stack) => mount(service(stack)), options);

/** Changes how the stack's provider reaches its host. */
export function reachHost(stack: TerraformStack, config: object): void {
  const provider = stack.node.findAll().find((node): node is DockerProvider => node instanceof DockerProvider);
  Object.assign(provider ?? {}, config);
}

export const versionId = (): string => store.list()[0]?.version ?? "none";

interface LocalExec {
  readonly when?: string;
  readonly interpreter: readonly string[];
  readonly command: string;
}

/** The program that Terraform runs for the resource at a path. */
export function localExec(json: TerraformJson, path: string): LocalExec {
  const { provisioner } = resource(json, "terraform_data", path) as { provisioner: { "local-exec": LocalExec }[] };
  const [first] = provisioner;
  if (first === undefined) throw new Error(`${path} must run a program`);
  return first["local-exec"];
}

/** {@link localExec}, word by word. */
export function command(json: TerraformJson, path: string): string[] {
  const { interpreter, command: last } = localExec(json, path);
  return [...interpreter, last];
}
