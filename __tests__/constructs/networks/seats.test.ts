import type { TerraformStack } from "cdktf";
import {
  BridgeNetwork,
  Health,
  Job,
  MySql,
  NetworkMode,
  Service,
  Workload,
  type ServiceProps,
  type StaticAddress,
} from "../../../constructs";
import { container, inStack, shopImage, synth } from "../synth";

const health = Health.command(["true"]);
const shop = (stack: TerraformStack, props: Partial<ServiceProps> = {}, id = "Shop") =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health, ...props });
const rendered = (props: Partial<ServiceProps>) =>
  container(
    synth((stack) => shop(stack, props)),
    "Shop/Replica1",
  );
const host = NetworkMode.host();

const SUBNET = { subnet: "10.20.0.0/24", ipRange: "10.20.0.128/25" };
const fixed: StaticAddress = { address: "10.20.0.9", because: "the licence is bound to it" };
const seated = (address: StaticAddress, props: object = SUBNET) =>
  inStack((stack) => shop(stack, { network: new BridgeNetwork(stack, "Edge", props), address }));

describe("a network mode of the engine", () => {
  it("is the host's, or none: which is what a container without a network has", () => {
    expect(rendered({ network: host })).toMatchObject({ network_mode: "host" });
    expect(rendered({ network: NetworkMode.none() })).toMatchObject({ network_mode: "none" });
    expect(rendered({})).toMatchObject({ network_mode: "none" });
    expect(rendered({ network: host })).not.toHaveProperty("networks_advanced");
  });

  it("lets a service that listens on the host be replaced in place, since two cannot have one port", () => {
    expect(rendered({ network: host, port: 3000 })).not.toHaveProperty("lifecycle");
    expect(rendered({ network: host })).toHaveProperty("lifecycle.create_before_destroy", true);
  });

  it("fails with an alias, with a second replica on one port and with a published port", () => {
    expect(() => rendered({ network: host, alias: "shop" })).toThrow(
      new Error(
        'NETWORK_MODE: alias must be one on a network, got "shop" with network mode host; set network to a BridgeNetwork, or leave the alias out (at dev/Shop)',
      ),
    );
    expect(() => rendered({ network: host, port: 3000, replicas: 2 })).toThrow(
      new Error("REPLICAS: replicas must be 1 for port 3000 of the host, got 2; leave it out (at dev/Shop)"),
    );
    const published = [{ containerPort: 80, hostPort: 8080, address: "127.0.0.1" }];
    const build = (stack: TerraformStack) =>
      new Workload(stack, { image: shopImage(), memoryMiB: 64, lifetime: "service", network: host, published });
    expect(() => inStack(build)).toThrow(
      new Error(
        "NETWORK_MODE: published port must lead into a network of the container's own, got network mode host; leave it out: the container listens on the host (at dev)",
      ),
    );
  });

  it.each([host, NetworkMode.none()])("fails where another noun lets it in: $name resolves no alias", (network) => {
    const build = (stack: TerraformStack) => {
      const migrate = new Job(stack, "Migrate", { image: shopImage(), command: ["migrate"], network });
      new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256 }).allowFrom(migrate, { as: "DATABASE" });
    };
    expect(() => inStack(build)).toThrow(
      new Error(
        `NETWORK_MODE: dev/Database/Network must be joined from a network of one's own, got network mode ${network.name}; set network to a BridgeNetwork, or leave it out (at dev/Migrate)`,
      ),
    );
  });
});

describe("a static address", () => {
  it("is the container's on its network, beside the alias, and the container is replaced in place", () => {
    const json = synth((stack) => {
      const edge = new BridgeNetwork(stack, "Edge", { ...SUBNET, ipv6: { subnet: "fd00:20::/64", ipRange: "fd00:20::1:0/112" } });
      shop(stack, { network: edge, address: fixed });
      shop(stack, { network: edge, address: { address: "fd00:20::9", because: "a router knows it" } }, "Six");
    });
    expect(container(json, "Shop/Replica1")).toMatchObject({ networks_advanced: [{ aliases: ["shop"], ipv4_address: "10.20.0.9" }] });
    expect(container(json, "Six/Replica1")).toMatchObject({ networks_advanced: [{ aliases: ["six"], ipv6_address: "fd00:20::9" }] });
    expect(container(json, "Shop/Replica1")).not.toHaveProperty("lifecycle");
  });

  it.each<[string, () => unknown, string]>([
    [
      "without a reason",
      () => seated({ ...fixed, because: " " }),
      "because must say why a name will not do for 10.20.0.9, got none; use an alias, or write a sentence",
    ],
    ["that is none", () => seated({ ...fixed, address: "shop" }), 'address must be IPv4 or IPv6, got "shop"; use "10.20.0.9"'],
    [
      "where the engine chooses the subnet",
      () => seated(fixed, {}),
      'address must lie in a subnet of dev/Edge, got "10.20.0.9" and no subnet; give the network one',
    ],
    [
      "outside of the subnet",
      () => seated({ ...fixed, address: "10.21.0.9" }),
      'address must lie in a subnet of dev/Edge, got "10.21.0.9" and 10.20.0.0/24; choose one of these',
    ],
    [
      "of the gateway",
      () => seated({ ...fixed, address: "10.20.0.1" }),
      'address must not be the gateway\'s, got "10.20.0.1"; choose another one of 10.20.0.0/24',
    ],
    [
      "that the engine hands out by itself, which another container would have after a restart",
      () => seated(fixed, { subnet: "10.20.0.0/24" }),
      'address must lie outside of what the engine hands out by itself on dev/Edge, got "10.20.0.9" in 10.20.0.0/24; use ipRange: "10.20.0.128/25" and an address of the rest',
    ],
    [
      "without a network",
      () => rendered({ address: fixed }),
      'address must be one on a network, got "10.20.0.9" without one; set network to a BridgeNetwork',
    ],
  ])("fails %s", (_what, build, message) => {
    expect(build).toThrow(new Error(`STATIC_ADDRESS: ${message} (at dev/Shop)`));
  });

  it("fails for two replicas, and for two services", () => {
    const edge = (stack: TerraformStack) => new BridgeNetwork(stack, "Edge", SUBNET);
    expect(() => inStack((stack) => shop(stack, { network: edge(stack), address: fixed, replicas: 2 }))).toThrow(
      new Error("REPLICAS: replicas must be 1 for address 10.20.0.9, got 2; leave it out (at dev/Shop)"),
    );
    const build = (stack: TerraformStack) => {
      const network = edge(stack);
      shop(stack, { network, address: fixed });
      shop(stack, { network, address: fixed }, "Other");
    };
    expect(() => inStack(build)).toThrow(
      new Error(
        'STATIC_ADDRESS: address on a network must be one construct\'s, got "10.20.0.9" of dev/Shop too; change one of them (at dev/Other)',
      ),
    );
  });
});

describe("DNS options", () => {
  it("are handed on", () => {
    const extraHosts = {
      "metrics.example.org": "host-gateway",
      licence: { address: "192.0.2.7", because: "its server has no name" },
    } as const;
    expect(
      rendered({ dns: { servers: ["9.9.9.9", "2620:fe::fe"], search: ["example.org"], options: ["ndots:1"], extraHosts } }),
    ).toMatchObject({
      dns: ["9.9.9.9", "2620:fe::fe"],
      dns_search: ["example.org"],
      dns_opts: ["ndots:1"],
      host: [
        { host: "licence", ip: "192.0.2.7" },
        { host: "metrics.example.org", ip: "host-gateway" },
      ],
    });
  });

  it.each([
    [{ servers: ["dns.example.org"] }, 'DNS: name server must be an address, got "dns.example.org"; use "9.9.9.9" (at dev/Shop)'],
    [{ search: ["example org"] }, 'DNS: search domain must be a name, got "example org"; use "example.org" (at dev/Shop)'],
    [{ options: ["ndots 1"] }, 'DNS: option must be one of resolv.conf, got "ndots 1"; use "ndots:1" (at dev/Shop)'],
    [
      { extraHosts: { "a:b": "host-gateway" as const } },
      'DNS: extra host must be a name, got "a:b"; use "licence.example.org" (at dev/Shop)',
    ],
    [
      { extraHosts: { db: { address: "10.20.0.3", because: "" } } },
      "STATIC_ADDRESS: because must say why a name will not do for 10.20.0.3, got none; use an alias, or write a sentence (at dev/Shop)",
    ],
  ])("fails for %j", (dns, message) => {
    expect(() => inStack((stack) => shop(stack, { dns }))).toThrow(new Error(message));
  });
});
