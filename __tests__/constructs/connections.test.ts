import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { BridgeNetwork, Connections, MacvlanNetwork, NetworkMode, PublicDockerProvider } from "../../constructs";
import { inFolder } from "./synth";
import { cache, HERE, inStacks, service, shop, stacks, tier } from "./two-stacks";

interface Share {
  readonly connections: readonly { readonly from: string }[];
  readonly networks: readonly { readonly network: string }[];
  readonly host: readonly string[];
}

const LAN = { subnet: "192.0.2.0/24", parent: "eth0" };

describe("Connections", () => {
  it("tell who was let in where, and which service a web tier asks, once each", () => {
    inStacks({}, ({ app, data, web }) => {
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

  it("tell who shares a network, under which names, whether or not somebody was let in", () => {
    inStacks({}, ({ data, web }) => {
      const edge = new BridgeNetwork(data, "Edge", { internal: false });
      service(web, "Report", { network: edge });
      service(data, "Shop", { network: edge, alias: "front" }).workload.attach({ network: edge, aliases: ["back"] });
      expect(Connections.of(data).all).toEqual([]);
      expect(Connections.of(data).networks).toEqual([
        {
          network: "data/Edge",
          internal: false,
          interContainerCommunication: true,
          members: [
            { path: "data/Shop", aliases: ["back", "front"] },
            { path: "web/Report", aliases: ["report"] },
          ],
        },
      ]);
    });
  });

  it("have the server and its clients on the server's network", () => {
    inStacks({}, ({ data, web }) => {
      cache(data).allowFrom(service(web, "Shop"), { as: "CACHE" });
      expect(Connections.of(web).networks).toMatchObject([
        {
          network: "data/Cache/Network",
          internal: true,
          members: [
            { path: "data/Cache", aliases: ["data-cache"] },
            { path: "web/Shop", aliases: [] },
          ],
        },
      ]);
    });
  });

  it("tell where members do not reach each other", () => {
    inStacks({}, ({ data }) => {
      const apart = new BridgeNetwork(data, "Apart", { interContainerCommunication: false });
      const separate = new MacvlanNetwork(data, "Separate", { ...LAN, mode: "private" });
      const open = new MacvlanNetwork(data, "Open", { subnet: "198.51.100.0/24", parent: "eth1" });
      for (const [index, network] of [apart, separate, open].entries()) service(data, `Shop${String(index)}`, { network });
      expect(
        Connections.of(data).networks.map(({ network, internal, interContainerCommunication }) => [
          network,
          internal,
          interContainerCommunication,
        ]),
      ).toEqual([
        ["data/Apart", true, false],
        ["data/Open", false, true],
        ["data/Separate", false, false],
      ]);
    });
  });

  it("tell who is on the host's own network, and nothing of who is on none", () => {
    inStacks({}, ({ data, web }) => {
      service(web, "Agent", { network: NetworkMode.host() });
      service(data, "Agent", { network: NetworkMode.host() });
      service(data, "Alone", { network: NetworkMode.none() });
      expect(Connections.of(data)).toMatchObject({ host: ["data/Agent", "web/Agent"], networks: [], all: [] });
    });
  });

  it("are the same in whatever order they were declared", () => {
    const declared = (ids: readonly string[]) =>
      inStacks({}, ({ data }) => {
        const networks = ids.map((id) => new BridgeNetwork(data, id));
        for (const id of ids) {
          const each = service(data, `On${id}`);
          for (const network of networks)
            each.workload.attach({ network, aliases: [`${id}-two`.toLowerCase(), `${id}-one`.toLowerCase()] });
        }
        return Connections.of(data).networks;
      });
    expect(declared(["B", "A"])).toEqual(declared(["A", "B"]));
    expect(declared(["B", "A"]).map(({ network }) => network)).toEqual(["data/A", "data/B"]);
  });
});

describe("connections.json", () => {
  const read = (folder: string, stack: string): Share =>
    JSON.parse(readFileSync(join(folder, "cdktf.out/stacks", stack, "connections.json"), "utf8")) as Share;

  it("lies beside the configuration of each stack that takes part, with that stack's share", () => {
    inFolder((folder) => {
      const { app, data, web } = stacks(folder);
      const client = shop(web);
      cache(data).allowFrom(client, { as: "CACHE" });
      tier(web, client);
      service(data, "Agent", { network: NetworkMode.host() });
      app.synth();
      expect(read(folder, "data").connections.map(({ from }) => from)).toEqual(["web/Shop"]);
      expect(read(folder, "data").networks.map(({ network }) => network)).toEqual(["data/Cache/Network"]);
      expect(read(folder, "data").host).toEqual(["data/Agent"]);
      expect(read(folder, "web").connections.map(({ from }) => from)).toEqual(["web/Shop", "web/Web"]);
      expect(read(folder, "web").networks.map(({ network }) => network)).toEqual(["data/Cache/Network", "web/Edge"]);
      expect(read(folder, "web").host).toEqual([]);
    });
  });

  it("is there for two services on one network, where nobody was let in", () => {
    inFolder((folder) => {
      const { app, data } = stacks(folder);
      const edge = new BridgeNetwork(data, "Edge");
      for (const id of ["Shop", "Api"]) service(data, id, { network: edge });
      app.synth();
      expect(read(folder, "data")).toEqual({
        connections: [],
        networks: [
          {
            network: "data/Edge",
            internal: true,
            interContainerCommunication: true,
            members: [
              { path: "data/Api", aliases: ["api"] },
              { path: "data/Shop", aliases: ["shop"] },
            ],
          },
        ],
        host: [],
      });
    });
  });

  it("of stacks in one scope is each stack's own", () => {
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
});
