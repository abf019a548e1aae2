import { createServer, type AddressInfo } from "node:net";
import type { ContainerFacts } from "./docker";
import { NODE_IMAGE } from "./guestbook-project";
import { Outside } from "./outside";
import { fromHost, Probe, type Reach } from "./probe";
import { SharedStack } from "./shared-stack";

let shared: SharedStack;
let probe: Probe;
let shop: ContainerFacts;
let web: ContainerFacts;
let database: ContainerFacts;
let cache: ContainerFacts;

beforeAll(async () => {
  shared = await SharedStack.deployed();
  probe = new Probe(shared.docker, NODE_IMAGE);
  const one = (part: string): Promise<ContainerFacts> => shared.docker.container(shared.stack, part);
  [shop, web, database, cache] = await Promise.all([one("guestbook-1"), one("e2e-web"), one("e2e-database"), one("e2e-cache")]);
});

/** Where a container listens; with a peer, on the networks alone that both have a seat on. */
const addresses = ({ NetworkSettings }: ContainerFacts, port: number, peer?: ContainerFacts): string[] =>
  Object.entries(NetworkSettings.Networks)
    .filter(([name]) => peer === undefined || name in peer.NetworkSettings.Networks)
    .map(([, { IPAddress }]) => `${IPAddress}:${port}`);

/** The same probe of the same targets reaches all of them from one place and none from the other; names do not even resolve there. */
function expectApart(allowed: Readonly<Record<string, Reach>>, refused: Readonly<Record<string, Reach>>): void {
  const targets = Object.keys(allowed);
  expect(allowed).toEqual(Object.fromEntries(targets.map((target) => [target, "open"])));
  expect(Object.keys(refused)).toEqual(targets);
  expect(Object.values(refused)).not.toContain("open");
  const names = targets.filter((target) => /[a-z]/.test(target));
  expect(names.map((name) => refused[name])).toEqual(names.map(() => "unresolved"));
}

describe("the database", () => {
  it("is reached by its client, by name and by address", async () => {
    expect(await probe.from(shop, ["e2e-database:3306", ...addresses(database, 3306)])).toEqual(
      Object.fromEntries(["e2e-database:3306", ...addresses(database, 3306)].map((target) => [target, "open"])),
    );
  });

  it("is no name for the web tier, and its address does not answer there, as both do for the shop", async () => {
    const targets = ["e2e-database:3306", ...addresses(database, 3306)];
    expectApart(await probe.from(shop, targets), await probe.from(web, targets));
    expect(await probe.from(web, ["guestbook:3000"])).toEqual({ "guestbook:3000": "open" });
  });

  it("is not reached from a network of somebody else, as it is from its client", async () => {
    const targets = ["e2e-database:3306", ...addresses(database, 3306)];
    const network = "e2e-somebody-else";
    await shared.docker.run(["network", "create", "--label", `docker-tiers.stack=${shared.stack}`, network]);
    const found = await probe.within(network, targets).finally(() => shared.docker.run(["network", "rm", network]));
    expectApart(await probe.from(shop, targets), found);
  });
});

describe("the cache", () => {
  it("is reached by its client, and neither by the web tier nor by the database", async () => {
    const targets = ["e2e-cache:6379", ...addresses(cache, 6379)];
    const client = await probe.from(shop, targets);
    for (const found of await Promise.all([web, database].map((stranger) => probe.from(stranger, targets)))) expectApart(client, found);
  });
});

describe("the edge", () => {
  it("is open to the shop and closed to the database", async () => {
    const targets = ["web:8080", ...addresses(web, 8080, shop)];
    expectApart(await probe.from(shop, targets), await probe.from(database, targets));
  });
});

describe("the host", () => {
  const server = createServer((socket) => socket.end("here"));
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve)));
  afterAll(() => void server.close());

  it("is reached at its address on the front's network, and from neither database nor cache nor shop, whose networks it is not on", async () => {
    const { port } = server.address() as AddressInfo;
    const gateways = (of: ContainerFacts): string[] => addresses(of, port).map((address) => address.replace(/\d+:/, "1:"));
    expect(Object.values(await probe.from(web, gateways(web)))).toContain("open");
    const inner = await Promise.all([database, cache, shop].map((each) => probe.from(each, gateways(each))));
    expect(inner.flatMap((found) => Object.values(found))).not.toContain("open");
  });

  it("reaches the front's web tier at its own address, and neither database nor cache nor shop", async () => {
    expect(Object.values(await fromHost(addresses(web, 8080)))).toContain("open");
    const inner = [...addresses(database, 3306), ...addresses(cache, 6379), ...addresses(shop, 3000)];
    expect(Object.values(await fromHost(inner))).not.toContain("open");
  });
});

describe("the outside", () => {
  let outside: Outside;
  beforeAll(async () => {
    outside = await Outside.open();
  });
  afterAll(() => outside.close());

  it("is reached from a network that is not internal, and from neither database nor cache nor shop", async () => {
    const { target } = outside;
    const allowed = await probe.from(web, [target]);
    const inner = await Promise.all([database, cache, shop].map((each) => probe.from(each, [target])));
    for (const found of inner) expectApart(allowed, found);
  });
});
