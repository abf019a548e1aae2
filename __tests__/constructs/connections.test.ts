import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  BridgeNetwork,
  Connections,
  Health,
  PublicDockerProvider,
  Redis,
  Service,
  setStackDefaults,
  LogDriver,
  WebTier,
} from "../../constructs";
import { inFolder, shopImage } from "./synth";

const HERE = "unix:///var/run/docker.sock";

interface Stacks {
  readonly app: App;
  readonly data: TerraformStack;
  readonly web: TerraformStack;
}

interface Places {
  readonly hosts?: readonly [string, string];
  readonly environments?: readonly [string, string];
}

/** A program of two stacks. */
function stacks(folder: string, { hosts = [HERE, HERE], environments }: Places = {}): Stacks {
  const app = new App({ outdir: join(folder, "cdktf.out") });
  const [data, web] = [new TerraformStack(app, "data"), new TerraformStack(app, "web")];
  for (const [index, stack] of [data, web].entries()) {
    new PublicDockerProvider(stack, "docker", { host: hosts[index] ?? HERE });
    const environment = environments?.[index];
    if (environment !== undefined) setStackDefaults(stack, { log: LogDriver.jsonFile(), environment });
  }
  return { app, data, web };
}

const shop = (stack: TerraformStack, network = new BridgeNetwork(stack, "Edge")): Service =>
  new Service(stack, "Shop", { image: shopImage(), network, port: 3000, memoryMiB: 64, health: Health.http("/") });
const cache = (stack: TerraformStack): Redis => new Redis(stack, "Cache", { image: shopImage(), memoryMiB: 64 });
const tier = (stack: TerraformStack, service: Service): WebTier =>
  new WebTier(stack, "Web", { image: shopImage(), memoryMiB: 32, routes: { "/": service } });

describe("Connections", () => {
  it("tell who was let in where, and which service a web tier asks, once each", () => {
    inFolder((folder) => {
      const { app, data, web } = stacks(folder);
      const [client, server] = [shop(web), cache(data)];
      server.allowFrom(client, { as: "CACHE" });
      server.allowFrom(client, { as: "QUEUE" });
      tier(web, client);
      expect(Connections.of(web).all).toEqual([
        { from: "web/Shop", to: "data/Cache", port: 6379, network: "data/Cache/Network" },
        { from: "web/Web", to: "web/Shop", port: 3000, network: "web/Edge" },
      ]);
      expect(Connections.of(app)).toBe(Connections.of(data));
    });
  });

  it("lie beside the configuration of each stack that takes part", () => {
    inFolder((folder) => {
      const { app, data, web } = stacks(folder);
      const client = shop(web);
      cache(data).allowFrom(client, { as: "CACHE" });
      tier(web, client);
      app.synth();
      const read = (stack: string): { from: string }[] =>
        JSON.parse(readFileSync(join(folder, "cdktf.out/stacks", stack, "connections.json"), "utf8")) as { from: string }[];
      expect(read("data").map(({ from }) => from)).toEqual(["web/Shop"]);
      expect(read("web").map(({ from }) => from)).toEqual(["web/Shop", "web/Web"]);
    });
  });

  it("of stacks in one scope are each stack's own", () => {
    inFolder((folder) => {
      const app = new App({ outdir: join(folder, "cdktf.out") });
      const region = new Construct(app, "region");
      const [one, two] = [new TerraformStack(region, "one"), new TerraformStack(region, "two")];
      for (const stack of [one, two]) {
        new PublicDockerProvider(stack, "docker", { host: HERE });
        cache(stack).allowFrom(shop(stack), { as: "CACHE" });
      }
      app.synth();
      const [file] = readdirSync(join(folder, "cdktf.out/stacks")).filter((name) => name.includes("one"));
      const text = readFileSync(join(folder, "cdktf.out/stacks", file ?? "", "connections.json"), "utf8");
      expect(text).toContain("region/one/Shop");
      expect(text).not.toContain("region/two/");
    });
  });

  it("are none where nobody was let in", () => {
    inFolder((folder) => {
      const { data } = stacks(folder);
      cache(data);
      expect(Connections.of(data).all).toEqual([]);
    });
  });
});

describe("a connection between stacks", () => {
  const letIn = (places: Places, options: { otherEnvironment?: boolean } = {}) =>
    inFolder((folder) => {
      const { data, web } = stacks(folder, places);
      cache(data).allowFrom(shop(web), { as: "CACHE", ...options });
    });

  it("fails between two engines", () => {
    expect(() => letIn({ hosts: [HERE, "ssh://me@10.0.0.5"] })).toThrow(
      new Error(
        `OTHER_HOST: web/Shop must be on the engine of data/Cache, which its network does not leave, got "ssh://me@10.0.0.5" and "${HERE}"; put both stacks on one host, or publish the server there (at web/Shop)`,
      ),
    );
  });

  it("fails between two environments, but by word", () => {
    const places = { environments: ["dev", "prod"] } as const;
    expect(() => letIn(places)).toThrow(
      new Error(
        'OTHER_ENVIRONMENT: web/Shop must be of the environment of data/Cache, got "prod" and "dev"; connect it to the one of its own environment, or say otherEnvironment: true (at web/Shop)',
      ),
    );
    expect(() => letIn(places, { otherEnvironment: true })).not.toThrow();
  });

  it("is made within one environment, and where none is known", () => {
    expect(() => letIn({ environments: ["dev", "dev"] })).not.toThrow();
    expect(() => letIn({})).not.toThrow();
  });

  it("fails for a web tier that asks a service of another environment", () => {
    expect(() =>
      inFolder((folder) => {
        const { data, web } = stacks(folder, { environments: ["dev", "prod"] });
        tier(web, shop(data));
      }),
    ).toThrow(
      new Error(
        'OTHER_ENVIRONMENT: web/Web must be of the environment of data/Shop, got "prod" and "dev"; connect it to the one of its own environment (at web/Web)',
      ),
    );
  });
});
