import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TerraformStack } from "cdktf";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import {
  BridgeNetwork,
  ConfigVolume,
  ContainerImage,
  Health,
  MySql,
  Secret,
  Service,
  setStackDefaults,
  StateBackend,
  LogDriver,
  WebTier,
} from "../../constructs";
import type { Identities } from "../../store/identity";
import { SecretStore } from "../../store/secret-store";
import { person } from "../store/temporary";
import {
  container,
  inStack,
  label,
  newStack,
  reachable,
  address,
  resource,
  resources,
  shopImage,
  synth,
  written,
  type SynthOptions,
  type TerraformJson,
} from "./synth";

const before = process.cwd();
let project: string;
let ada: Identities;
let store: SecretStore;

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

const service = (stack: TerraformStack, id = "Shop"): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, replicas: 2, health: Health.shell("true") });

const shop = (
  mount: (shop: Service) => void = (shop) => Secret.fromStore("smtp").mountInto(shop),
  options: SynthOptions = {},
): TerraformJson => synth((stack) => mount(service(stack)), options);

const tier = (stack: TerraformStack): WebTier => {
  mkdirSync(join(project, "site"), { recursive: true });
  writeFileSync(join(project, "site/index.html"), "hello");
  return new WebTier(stack, "Web", { memoryMiB: 32, site: join(project, "site"), image: ContainerImage.fromRegistry("nginx:1.30.4") });
};

const versionId = (): string => store.list()[0]?.version ?? "none";

interface LocalExec {
  readonly when?: string;
  readonly interpreter: readonly string[];
  readonly command: string;
}

function localExec(json: TerraformJson, path: string): LocalExec {
  const { provisioner } = resource(json, "terraform_data", path) as { provisioner: { "local-exec": LocalExec }[] };
  const [first] = provisioner;
  if (first === undefined) throw new Error(`${path} must run a program`);
  return first["local-exec"];
}

/** What Terraform runs for the resource at a path, word by word. */
function command(json: TerraformJson, path: string): string[] {
  const { interpreter, command: last } = localExec(json, path);
  return [...interpreter, last];
}

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

  it("is written by this package's own program, run without a shell, by relative paths alone", () => {
    const json = shop();
    const [node, program, ...rest] = command(json, "Shop/Secret-smtp/Push");
    expect([node, program]).toEqual(["node", expect.stringMatching(/^(\.\.\/)+.*dist\/cli\/bin\.js$/)]);
    const volume = address(json, "docker_volume", "Shop/Secret-smtp/Volume");
    expect(rest).toEqual([
      "secrets",
      "push",
      "--environment=dev",
      expect.stringMatching(/^--directory=(\.\.\/)+.*secrets$/),
      `--version-id=${versionId()}`,
      `--volume=\${${volume}.name}`,
      "--image=${docker_image.Image-shop-591cd6a0.image_id}",
      "--owner=1000:1000",
      "--mode=0400",
      "--project=shop",
      "--stack=dev",
      "--path=dev/Shop/Secret-smtp/Push",
      "--host=unix:///var/run/docker.sock",
      "smtp",
    ]);
  });

  it.each([
    [
      { host: undefined },
      'got none, which leaves it to DOCKER_HOST; write host: "unix:///var/run/docker.sock" or ssh://user@host in its DockerProvider',
    ],
    [
      { context: "remote" },
      'got context "remote"; write host: "unix:///var/run/docker.sock" or ssh://user@host in its DockerProvider with what docker context inspect remote shows',
    ],
  ])("fails where the shell or a context chooses the host: %j", (config, told) => {
    const build = (): unknown =>
      synth((stack) => {
        const provider = stack.node.findAll().find((node): node is DockerProvider => node instanceof DockerProvider);
        Object.assign(provider ?? {}, config);
        Secret.fromStore("smtp").mountInto(service(stack));
      });
    expect(build).toThrow(`SECRET_HOST: host of a stack with secrets must be written down, ${told} (at dev/Shop/Secret-smtp/Push)`);
  });

  it("is reached as the stack's provider reaches its host", () => {
    const json = synth((stack) => {
      const provider = stack.node.findAll().find((node): node is DockerProvider => node instanceof DockerProvider);
      Object.assign(provider ?? {}, {
        host: "ssh://deploy@shop.example",
        certPath: "../../../certs",
        sshOpts: ["-o", "StrictHostKeyChecking=yes"],
      });
      Secret.fromStore("smtp").mountInto(service(stack));
    });
    expect(command(json, "Shop/Secret-smtp/Push").slice(-5)).toEqual([
      "--host=ssh://deploy@shop.example",
      "--cert-path=../../../certs",
      "--ssh-option=-o",
      "--ssh-option=StrictHostKeyChecking=yes",
      "smtp",
    ]);
  });

  it("is owned by the user and readable by the group that a consumer names", () => {
    const json = shop((service) => Secret.fromStore("smtp").mountInto(service, { user: { uid: 7, gid: 8 }, mode: "0440" }));
    expect(command(json, "Shop/Secret-smtp/Push")).toEqual(expect.arrayContaining(["--owner=7:8", "--mode=0440"]));
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

  it("holds back the removal of a consumer that is not made anew first, until it can be decrypted", () => {
    const json = synth((stack) => Secret.fromStore("smtp").mountInto(tier(stack)));
    const gate = resource(json, "terraform_data", "Web/Secret-smtp/Gate");
    expect(gate).toMatchObject({
      depends_on: [address(json, "docker_container", "Web/Resource")],
      triggers_replace: { environment: "dev", name: "smtp", version: versionId(), owner: "101:101", mode: "0400" },
    });
    expect(gate).not.toHaveProperty("lifecycle");
    expect(localExec(json, "Web/Secret-smtp/Gate").when).toBe("destroy");
    expect(command(json, "Web/Secret-smtp/Gate").slice(2)).toEqual([
      "secrets",
      "ready",
      "--environment=${self.triggers_replace.environment}",
      "--version-id=${self.triggers_replace.version}",
      expect.stringMatching(/^--directory=(\.\.\/)+.*secrets$/),
      "${self.triggers_replace.name}",
    ]);
    expect(resources(shop(), "terraform_data")).not.toHaveProperty("Shop/Secret-smtp/Gate");
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

describe("a secret that cannot be read", () => {
  const fault = (json: TerraformJson): string => {
    const { lifecycle } = resource(json, "terraform_data", "Shop/Secret-smtp/Fault") as {
      lifecycle: { precondition: { error_message: string }[] };
    };
    return lifecycle.precondition[0]?.error_message ?? "none";
  };

  it("fails every plan of its stack with a sentence, and stops no synth", () => {
    const json = shop(undefined, { stack: "prod" });
    expect(fault(json)).toBe(
      'SECRET_MISSING: secret "smtp" of prod must be in the store, got no readable secrets/prod/smtp.age; run: npx tiers secrets set smtp prod (at prod/Shop/Secret-smtp)',
    );
    expect(resources(shop(), "terraform_data")).not.toHaveProperty("Shop/Secret-smtp/Fault");
  });

  it("fails likewise when its file is another's or none of ours", () => {
    writeFileSync("secrets/dev/smtp.age", "${hunter2}");
    expect(fault(shop())).toBe(
      "SECRET_FORMAT: secrets/dev/smtp.age must be as tiers secrets set writes it, got something else; run: npx tiers secrets set smtp dev (at dev/Shop/Secret-smtp)",
    );
  });
});

describe("a secret that cannot be mounted", () => {
  const mounting = (mount: (shop: Service, stack: TerraformStack) => void) => (): void => inStack((stack) => mount(service(stack), stack));

  it.each([
    [
      "Smtp",
      "dev",
      'SECRET_NAME: secret name must be 1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit, got "Smtp"; choose another (at dev/Shop)',
    ],
    [
      "../smtp",
      "dev",
      'SECRET_NAME: secret name must be 1 to 40 lower-case letters, digits and -, beginning and ending with a letter or digit, got "../smtp"; choose another (at dev/Shop)',
    ],
    [
      "smtp",
      "../dev",
      'SECRET_ENVIRONMENT: environment must be 1 to 63 letters, digits, - and _, beginning with a letter or digit, got "../dev"; choose another (at dev/Shop)',
    ],
  ])("fails as %p of %p", (name, environment, message) => {
    expect(mounting((shop) => Secret.fromStore(name, { environment }).mountInto(shop))).toThrow(new Error(message));
  });

  it("fails the second time", () => {
    const twice = mounting((shop) => {
      Secret.fromStore("smtp").mountInto(shop);
      Secret.fromStore("smtp").mountInto(shop);
    });
    expect(twice).toThrow(new Error('SECRET_TWICE: consumer must mount a secret once, got "smtp" twice; leave one out (at dev/Shop)'));
  });

  it("fails where something is mounted already", () => {
    const taken = mounting((shop, stack) => {
      new ConfigVolume(stack, "Config", { image: shopImage(), files: { a: "b" } }).mountInto(shop.workload, "/run/secrets/smtp");
      Secret.fromStore("smtp").mountInto(shop);
    });
    expect(taken).toThrow(new Error("MOUNT: one thing must be mounted at /run/secrets/smtp, got two; choose another path (at dev/Shop)"));
  });

  it("fails where the host's certificates are given as text", () => {
    const material = (): TerraformJson =>
      synth((stack) => {
        const provider = stack.node.findAll().find((node): node is DockerProvider => node instanceof DockerProvider);
        Object.assign(provider ?? {}, { certMaterial: "PEM" });
        Secret.fromStore("smtp").mountInto(service(stack, "Shop"));
        new BridgeNetwork(stack, "Edge");
      });
    expect(material).toThrow(
      "SECRET_TLS: certificates of a host with secrets must be files, got them as text; give their directory as certPath (at dev/Shop/Secret-smtp/Push)",
    );
  });
});
