import type { ContainerFacts } from "./docker";
import { NODE_IMAGE } from "./guestbook-project";
import { Outside } from "./outside";
import { Probe } from "./probe";
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

const addresses = ({ NetworkSettings }: ContainerFacts, port: number): string[] =>
  Object.values(NetworkSettings.Networks).map(({ IPAddress }) => `${IPAddress}:${port}`);

describe("the database", () => {
  it("is reached by its client, by name and by address", async () => {
    expect(await probe.from(shop, ["e2e-database:3306", ...addresses(database, 3306)])).toEqual(
      Object.fromEntries(["e2e-database:3306", ...addresses(database, 3306)].map((target) => [target, "open"])),
    );
  });

  it("is no name for the web tier, and its address does not answer there, where the shop does", async () => {
    const [address = ""] = addresses(database, 3306);
    const found = await probe.from(web, ["guestbook:3000", "e2e-database:3306", address]);
    expect(found).toMatchObject({ "guestbook:3000": "open", "e2e-database:3306": "unresolved" });
    expect(found[address]).not.toBe("open");
  });

  it("is not reached from a network of somebody else", async () => {
    const [address = ""] = addresses(database, 3306);
    const network = "e2e-somebody-else";
    await shared.docker.run(["network", "create", "--label", `docker-tiers.stack=${shared.stack}`, network]);
    const found = await probe.within(network, [address]);
    await shared.docker.run(["network", "rm", network]);
    expect((await probe.from(shop, [address]))[address]).toBe("open");
    expect(found[address]).not.toBe("open");
  });
});

describe("the cache", () => {
  it("is reached by its client, and neither by the web tier nor by the database", async () => {
    const [address = ""] = addresses(cache, 6379);
    expect(await probe.from(shop, ["e2e-cache:6379", address])).toEqual({ "e2e-cache:6379": "open", [address]: "open" });
    for (const stranger of [web, database]) {
      const found = await probe.from(stranger, ["e2e-cache:6379", address]);
      expect(found["e2e-cache:6379"]).toBe("unresolved");
      expect(found[address]).not.toBe("open");
    }
  });
});

describe("the edge", () => {
  it("is open to the shop and closed to the database", async () => {
    const [address = ""] = addresses(web, 8080).filter((target) => sharesNetwork(target, shop));
    expect(await probe.from(shop, ["web:8080", address])).toEqual({ "web:8080": "open", [address]: "open" });
    const found = await probe.from(database, ["web:8080", address]);
    expect(found["web:8080"]).toBe("unresolved");
    expect(found[address]).not.toBe("open");
  });

  /** Whether an address lies in a network that the container has a seat on, by the first three numbers. */
  function sharesNetwork(target: string, { NetworkSettings }: ContainerFacts): boolean {
    const range = target.split(".").slice(0, 2).join(".");
    return Object.values(NetworkSettings.Networks).some(({ IPAddress }) => IPAddress.startsWith(`${range}.`));
  }
});

describe("the outside", () => {
  let outside: Outside;
  beforeAll(async () => {
    outside = await Outside.open();
  });
  afterAll(() => outside.close());

  it("is reached from a network that is not internal, and from neither database nor cache nor shop", async () => {
    const { target } = outside;
    expect(await probe.from(web, [target])).toEqual({ [target]: "open" });
    for (const inner of [database, cache, shop]) {
      expect((await probe.from(inner, [target]))[target]).not.toBe("open");
    }
  });
});
