import type { TerraformStack } from "cdktf";
import { BridgeNetwork, Job, MySql, OverlayNetwork, type INetwork } from "../../constructs";
import { inFolder, shopImage } from "./synth";
import { cache, HERE, inStacks, service, setEnvironment, shop, stacks, tier, type Places } from "./two-stacks";

const OTHER = "ssh://me@10.0.0.5";
const APART: Places = { environments: ["dev", "prod"] };
const bridge = (stack: TerraformStack): INetwork => new BridgeNetwork(stack, "Net");
const word = { otherEnvironment: true };

const otherEnvironment = (from: string, to: string): Error =>
  new Error(
    `OTHER_ENVIRONMENT: ${from} must be of the environment of ${to}, got "prod" and "dev"; connect it to the one of its own environment, or say otherEnvironment: true (at ${from})`,
  );
const otherHost = (from: string, to: string): Error =>
  new Error(
    `OTHER_HOST: ${from} must be on the engine of ${to}, which no network but an overlay leaves, got "${OTHER}" and "${HERE}"; put both stacks on one host, or publish the server there (at ${from})`,
  );

describe("a client of another stack", () => {
  const letIn = (places: Places, options: { otherEnvironment?: boolean } = {}) =>
    inStacks(places, ({ data, web }) => {
      cache(data).allowFrom(shop(web), { as: "CACHE", ...options });
    });

  it("fails between two engines, whatever the word", () => {
    expect(() => letIn({ hosts: [HERE, OTHER] }, word)).toThrow(otherHost("web/Shop", "data/Cache"));
  });

  it("fails between two environments, but by word", () => {
    expect(() => letIn(APART)).toThrow(otherEnvironment("web/Shop", "data/Cache"));
    expect(() => letIn(APART, word)).not.toThrow();
  });

  it("is let in within one environment, and where none is known", () => {
    expect(() => letIn({ environments: ["dev", "dev"] })).not.toThrow();
    expect(() => letIn({})).not.toThrow();
  });
});

describe("a seat on a network of another stack", () => {
  const seat = (places: Places, props: object = {}, network = bridge) =>
    inStacks(places, ({ data, web }) => service(web, "Shop", { network: network(data), ...props }));

  it("is taken within one environment, and where none is known", () => {
    expect(() => seat({ environments: ["dev", "dev"] })).not.toThrow();
    expect(() => seat({})).not.toThrow();
  });

  it("fails between two environments, but by word", () => {
    expect(() => seat(APART)).toThrow(otherEnvironment("web/Shop", "data/Net"));
    expect(() => seat(APART, { otherEnvironment: false })).toThrow(otherEnvironment("web/Shop", "data/Net"));
    expect(() => seat(APART, word)).not.toThrow();
  });

  it("fails on the network of a database of another environment, past its allowFrom", () => {
    const database = (stack: TerraformStack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256 }).network;
    expect(() => seat(APART, {}, database)).toThrow(otherEnvironment("web/Shop", "data/Database/Network"));
    expect(() => seat(APART, {}, (stack) => cache(stack).network)).toThrow(otherEnvironment("web/Shop", "data/Cache/Network"));
    expect(() => seat(APART, word, database)).not.toThrow();
  });

  it("fails for a job, and for what is attached later, but by word", () => {
    const job = (props: object = {}) =>
      inStacks(
        APART,
        ({ data, web }) => new Job(web, "Migrate", { image: shopImage(), command: ["true"], network: bridge(data), ...props }),
      );
    const attach = (props: object = {}) =>
      inStacks(APART, ({ data, web }) => {
        service(web, "Shop").workload.attach({ network: bridge(data), aliases: [], ...props });
      });
    expect(() => job()).toThrow(otherEnvironment("web/Migrate", "data/Net"));
    expect(() => attach()).toThrow(otherEnvironment("web/Shop", "data/Net"));
    expect(() => job(word)).not.toThrow();
    expect(() => attach(word)).not.toThrow();
  });

  it("has its word for one network alone", () => {
    const build = () =>
      inStacks(APART, ({ data, web }) => {
        const client = service(web, "Shop", { network: bridge(data), ...word });
        client.workload.attach({ network: new BridgeNetwork(data, "Second"), aliases: [] });
      });
    expect(build).toThrow(otherEnvironment("web/Shop", "data/Second"));
  });

  it("fails on another engine, but on an overlay, which spans a swarm", () => {
    const places: Places = { hosts: [HERE, OTHER] };
    expect(() => seat(places)).toThrow(otherHost("web/Shop", "data/Net"));
    expect(() => seat(places, {}, (stack) => new OverlayNetwork(stack, "Net"))).not.toThrow();
    expect(() => seat({ ...places, ...APART }, {}, (stack) => new OverlayNetwork(stack, "Net"))).toThrow(
      otherEnvironment("web/Shop", "data/Net"),
    );
  });

  it("fails at synth where the environments are told afterwards, unless they turn out to be one", () => {
    const build = (environments: readonly [string, string]) =>
      inFolder((folder) => {
        const { app, data, web } = stacks(folder);
        service(web, "Shop", { network: bridge(data) });
        setEnvironment(data, environments[0]);
        setEnvironment(web, environments[1]);
        app.synth();
      });
    expect(() => build(["dev", "prod"])).toThrow(otherEnvironment("web/Shop", "data/Net"));
    expect(() => build(["dev", "dev"])).not.toThrow();
  });
});

describe("a web tier", () => {
  const ask = (props: object = {}) => inStacks(APART, ({ data, web }) => tier(web, shop(data), props));

  it("fails where it asks a service of another environment, but by word", () => {
    expect(() => ask()).toThrow(otherEnvironment("web/Web", "data/Shop"));
    expect(() => ask(word)).not.toThrow();
  });

  it("fails on a network of another environment, but by word", () => {
    const sit = (props: object = {}) =>
      inStacks(APART, ({ data, web }) => tier(web, shop(web), { network: new BridgeNetwork(data, "Lan"), ...props }));
    expect(() => sit()).toThrow(otherEnvironment("web/Web", "data/Lan"));
    expect(() => sit(word)).not.toThrow();
  });
});
