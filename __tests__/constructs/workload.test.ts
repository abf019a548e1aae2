import { Token } from "cdktf";
import fc from "fast-check";
import { BridgeNetwork, Health, Service, type Mount, type ServiceProps } from "../../constructs";
import { container, inStack, label, shopImage, synth } from "./synth";

const PROPS: ServiceProps = { image: shopImage(), memoryMiB: 64, health: Health.http("/") };

const bind = (target: string, source = "/srv/data/a"): Mount => ({ type: "bind", source, target, readOnly: true, reference: () => source });

const mounting = (target: string) => () => inStack((stack) => new Service(stack, "Shop", { ...PROPS, mounts: [bind(target)] }));

describe("Workload", () => {
  it("takes connections that are declared after its containers were", () => {
    const json = synth((stack) => {
      const { workload } = new Service(stack, "Shop", PROPS);
      workload.attach({ network: new BridgeNetwork(stack, "Late"), aliases: ["late"] });
      workload.addEnvironment("LATE", "1");
      workload.mount(bind("/late"));
      workload.addTmpfs("/scratch", { sizeMiB: 4 });
    });
    expect(container(json, "Shop/Replica1")).toMatchObject({
      env: ["LATE=1"],
      networks_advanced: [{ aliases: ["late"] }],
      mounts: [{ type: "bind", source: "/srv/data/a", target: "/late", read_only: true }],
      tmpfs: { "/scratch": "rw,noexec,nosuid,nodev,size=4m,mode=0755" },
    });
  });

  it("has no network where nothing attaches it", () => {
    const lonely = container(
      synth((stack) => new Service(stack, "Shop", PROPS)),
      "Shop/Replica1",
    );
    expect(lonely).toMatchObject({ network_mode: "none" });
    expect(lonely).not.toHaveProperty("networks_advanced");
  });

  it("adds the aliases of several calls for one network up, each once", () => {
    const json = synth((stack) => {
      const network = new BridgeNetwork(stack, "Edge");
      const { workload } = new Service(stack, "Shop", { ...PROPS, network });
      workload.attach({ network, aliases: ["b", "shop"] });
      workload.attach({ network, aliases: ["a"] });
    });
    expect(container(json, "Shop/Replica1")["networks_advanced"]).toMatchObject([{ aliases: ["a", "b", "shop"] }]);
  });

  it("is the same in whatever order its connections are declared", () => {
    const connect = [0, 1, 2, 3];
    const hash = (order: readonly number[]) =>
      container(
        synth((stack) => {
          const { workload } = new Service(stack, "Shop", PROPS);
          const networks = [new BridgeNetwork(stack, "A"), new BridgeNetwork(stack, "B")] as const;
          const steps = [
            () => workload.attach({ network: networks[0], aliases: [] }),
            () => workload.attach({ network: networks[1], aliases: [] }),
            () => workload.mount(bind("/a")),
            () => workload.mount(bind("/b")),
          ];
          order.forEach((step) => steps[step]?.());
        }),
        "Shop/Replica1",
      );
    fc.assert(
      fc.property(fc.shuffledSubarray(connect, { minLength: 4 }), (order) => expect(hash(order)).toEqual(hash(connect))),
      { numRuns: 10 },
    );
  });

  it("leaves values that Terraform knows later to Terraform", () => {
    const memoryMiB = Token.asNumber({ resolve: () => "${var.memory}" });
    const json = synth((stack) => new Service(stack, "Shop", { ...PROPS, memoryMiB }));
    expect(container(json, "Shop/Replica1")).toMatchObject({ memory: "${var.memory}", memory_swap: "${var.memory}" });
    const late = Token.asString({ resolve: () => "${var.level}" });
    const env = synth((stack) => new Service(stack, "Shop", { ...PROPS, environment: { LEVEL: late } }));
    expect(container(env, "Shop/Replica1")["env"]).toEqual(["LEVEL=${var.level}"]);
    expect(label(container(env, "Shop/Replica1"), "docker-tiers.config")).not.toBe(
      label(container(json, "Shop/Replica1"), "docker-tiers.config"),
    );
  });

  it.each(["data", "/", "/data/", "/a//b", "/a/../b", "/a/.", "/a:b", ""])("fails for a mount at %p", (target) => {
    expect(mounting(target)).toThrow(
      new Error(
        `MOUNT: target must be an absolute path below "/", written plainly, got ${JSON.stringify(target)}; use "/data" (at dev/Shop)`,
      ),
    );
  });

  it("fails for two things at one path", () => {
    const message = new Error("MOUNT: one thing must be mounted at /data, got two; choose another path (at dev/Shop)");
    const mounts = [bind("/data"), bind("/data", "/srv/data/b")];
    expect(() => inStack((stack) => new Service(stack, "Shop", { ...PROPS, mounts }))).toThrow(message);
    expect(() =>
      inStack((stack) => new Service(stack, "Shop", { ...PROPS, mounts: [bind("/data")], tmpfs: { "/data": { sizeMiB: 1 } } })),
    ).toThrow(message);
  });

  it("fails for a variable that two nouns set to different values", () => {
    const build = () =>
      inStack((stack) => {
        const { workload } = new Service(stack, "Shop", { ...PROPS, environment: { LEVEL: "info" } });
        workload.addEnvironment("LEVEL", "info");
        workload.addEnvironment("LEVEL", "debug");
      });
    expect(build).toThrow(new Error('ENVIRONMENT: LEVEL must have one value, got "info" and "debug"; choose another name (at dev/Shop)'));
  });

  it.each<[Partial<ServiceProps>, string]>([
    [{ command: ["serve", "a\0b"] }, "TEXT: word 2 of command must not hold a NUL byte; remove it"],
    [{ entrypoint: ["\ud800"] }, "TEXT: word 1 of entrypoint must be whole Unicode characters, got half of a surrogate pair; remove it"],
    [
      { labels: { note: "é".normalize("NFD") } },
      'TEXT: value of label "note" must be composed Unicode, since Terraform composes it; use normalize()',
    ],
    [{ labels: { "": "x" } }, 'TEXT: label "" must have a name, got ""; name it'],
    [
      { environment: { BIG: "a".repeat(131_072) } },
      "ENVIRONMENT: value of BIG must be at most 131071 bytes, which is the kernel's bound, got 131076; hand it over as a file",
    ],
    [{ health: Health.command(["probe", "\0"]) }, "TEXT: word 3 of health must not hold a NUL byte; remove it"],
    [{ stopSignal: "kill; rm" }, 'STOP_SIGNAL: stopSignal must be the name of a signal, got "kill; rm"; use "SIGTERM"'],
  ])("fails for what would not arrive as it is: %j", (props, message) => {
    expect(() => inStack((stack) => new Service(stack, "Shop", { ...PROPS, ...props }))).toThrow(new Error(`${message} (at dev/Shop)`));
  });
});
