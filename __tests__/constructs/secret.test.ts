import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MySql, Secret, setStackDefaults, StateBackend, LogDriver } from "../../constructs";
import { SecretStore } from "../../store/secret-store";
import { person } from "../store/temporary";
import { ada, command, project, service, shop, store, versionId } from "./secret-project";
import { address, container, label, newStack, reachable, resource, resources, synth, written, type TerraformJson } from "./synth";

describe("a stored secret", () => {
  it("is a volume of its consumer, mounted read-only, that is filled before the consumer is made", () => {
    const json = shop((service) => {
      expect(Secret.fromStore("smtp").mountInto(service, { as: "SMTP" })).toBe("/run/secrets/smtp/value");
    });
    const volume = address(json, "docker_volume", "Shop/Secret-smtp/Volume");
    expect(container(json, "Shop/Replica1")).toMatchObject({
      env: ["SMTP_FILE=/run/secrets/smtp/value"],
      mounts: [{ type: "volume", source: `\${${volume}.name}`, target: "/run/secrets/smtp", read_only: true }],
      depends_on: [address(json, "terraform_data", "Shop/Secret-smtp/Push")],
    });
    expect(resource(json, "docker_volume", "Shop/Secret-smtp/Volume")).toMatchObject({
      name: expect.stringMatching(/^dev-shop-secret-smtp-[0-9a-f]{8}$/) as string,
      lifecycle: { create_before_destroy: true },
    });
    expect(resource(json, "terraform_data", "Shop/Secret-smtp/Push")).toMatchObject({
      triggers_replace: { secret: "dev/smtp", version: versionId(), volume: `\${${volume}.mountpoint}` },
      lifecycle: { create_before_destroy: true },
    });
  });

  it("replaces its consumers with a new value, and nothing else", async () => {
    const both = (): TerraformJson =>
      synth((stack) => {
        Secret.fromStore("smtp").mountInto(service(stack));
        service(stack, "Other");
      });
    const first = both();
    await store.set("smtp", Buffer.from("hunter3"));
    const second = both();
    const hash = (json: TerraformJson, path: string): string | undefined => label(container(json, path), "docker-tiers.config");
    expect(hash(second, "Shop/Replica1")).not.toBe(hash(first, "Shop/Replica1"));
    expect(container(second, "Other/Replica1")).toEqual(container(first, "Other/Replica1"));
  });

  it("replaces nothing when it is encrypted again for another reader", async () => {
    const first = shop();
    await store.rotate([...ada.recipients, ...(await person()).recipients], ada);
    expect(shop()).toEqual(first);
  });

  it("is the same text from another clone", () => {
    const clone = `${project}-clone`;
    cpSync(project, clone, { recursive: true });
    const texts = [project, clone].map((folder) => {
      process.chdir(folder);
      const stack = newStack(folder);
      StateBackend.local().bind(stack);
      Secret.fromStore("smtp").mountInto(service(stack));
      return written(folder, stack);
    });
    rmSync(clone, { recursive: true });
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0]).toContain('"--directory=../../../secrets"');
    expect(texts[0]).not.toContain(project);
  });

  it("of an environment that configured the stack, or that is named, is taken from there", async () => {
    const prod = new SecretStore(join(project, "secrets"), "prod");
    prod.init(ada.recipients);
    await prod.set("smtp", Buffer.from("other"));
    const configured = synth((stack) => {
      setStackDefaults(stack, { log: LogDriver.jsonFile(), environment: "prod" });
      Secret.fromStore("smtp").mountInto(service(stack));
    });
    const named = shop((service) => Secret.fromStore("smtp", { environment: "prod" }).mountInto(service));
    for (const json of [configured, named]) expect(command(json, "Shop/Secret-smtp/Push")).toContain("--environment=prod");
  });

  it("leaves databases alone: nothing that a secret needs is a stateful container", () => {
    const json = synth((stack) => {
      const database = new MySql(stack, "Database", { memoryMiB: 512 });
      const client = service(stack);
      database.allowFrom(client, { as: "DATABASE" });
      Secret.fromStore("smtp").mountInto(client);
    });
    const needs = reachable(json, address(json, "docker_container", "Shop/Replica1"));
    expect([...needs]).not.toContain(address(json, "docker_container", "Database/Resource"));
    expect(resources(json, "docker_container")["Database/Resource"]).not.toHaveProperty("lifecycle");
  });

  it("is rendered for the public provider as well", () => {
    const json = shop(undefined, { provider: "kreuzwerker" });
    expect(Object.keys(resources(json, "docker_volume"))).toEqual(["Shop/Secret-smtp/Volume"]);
    expect(container(json, "Shop/Replica1")).toMatchObject({ mounts: [{ target: "/run/secrets/smtp" }] });
  });
});
