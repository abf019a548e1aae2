import fc from "fast-check";
import { BridgeNetwork, Health, Service, type ServiceProps } from "../../constructs";
import {
  container,
  inStack,
  label,
  resource,
  resources,
  shopImage,
  synth,
  synthText,
  type SynthOptions,
  type TerraformJson,
} from "./synth";

const PROPS: ServiceProps = { image: shopImage(), memoryMiB: 64, health: Health.http("/healthz"), port: 3000 };

const service = (props: Partial<ServiceProps> = {}, options: SynthOptions = {}): TerraformJson =>
  synth((stack) => new Service(stack, "Shop", { ...PROPS, network: new BridgeNetwork(stack, "Edge"), ...props }), options);

const replica = (props: Partial<ServiceProps> = {}, options: SynthOptions = {}) => container(service(props, options), "Shop/Replica1");

const fails = (props: Partial<ServiceProps>) => () => inStack((stack) => new Service(stack, "Shop", { ...PROPS, ...props }));

describe("Service", () => {
  it("is safe by default, and complete in what the provider would fill in by itself", () => {
    expect(replica()).toMatchInlineSnapshot(`
      {
        "capabilities": [
          {
            "drop": [
              "ALL",
            ],
          },
        ],
        "cpu_period": 100000,
        "cpu_quota": 100000,
        "cpu_shares": 1024,
        "destroy_grace_seconds": 10,
        "env": [],
        "healthcheck": [
          {
            "interval": "3s",
            "retries": 5,
            "start_period": "30s",
            "test": [
              "CMD-SHELL",
              "wget -q -O /dev/null http://127.0.0.1:3000/healthz || curl -fsS -o /dev/null http://127.0.0.1:3000/healthz",
            ],
            "timeout": "3s",
          },
        ],
        "image": "\${docker_image.Image-shop-591cd6a0.image_id}",
        "init": true,
        "labels": [
          {
            "label": "docker-tiers.config",
            "value": "bac588a59fbf8b76dfd8956719c41aff26c035eef7ccba1435519d5e1cb299a2",
          },
          {
            "label": "docker-tiers.path",
            "value": "dev/Shop/Replica1",
          },
          {
            "label": "docker-tiers.project",
            "value": "docker-tiers",
          },
          {
            "label": "docker-tiers.stack",
            "value": "dev",
          },
        ],
        "lifecycle": {
          "create_before_destroy": true,
        },
        "log_driver": "json-file",
        "log_opts": {
          "max-file": "3",
          "max-size": "10m",
          "mode": "blocking",
        },
        "memory": 64,
        "memory_swap": 64,
        "mounts": [],
        "must_run": true,
        "name": "dev-shop-1-bac588a5",
        "networks_advanced": [
          {
            "aliases": [
              "shop",
            ],
            "name": "\${docker_network.Edge_7038544F.name}",
          },
        ],
        "pids_limit": 200,
        "ports": [],
        "read_only": true,
        "remove_volumes": false,
        "restart": "unless-stopped",
        "security_opts": [
          "no-new-privileges:true",
        ],
        "stop_signal": "SIGTERM",
        "stop_timeout": 10,
        "tmpfs": {
          "/tmp": "rw,noexec,nosuid,nodev,size=16m,mode=1777",
        },
        "upload": [],
        "user": "1000:1000",
        "wait": true,
        "wait_timeout": 66,
      }
    `);
  });

  it("has the replicas asked for, equal but for name and path", () => {
    const [first, second, third, ...more] = Object.values(resources(service({ replicas: 3 }), "docker_container"));
    expect(more).toEqual([]);
    expect({ ...first, name: "", labels: [] }).toEqual({ ...third, name: "", labels: [] });
    expect([first, second, third].map((one) => String(one?.["name"]).replace(/-[0-9a-f]{8}$/, ""))).toEqual([
      "dev-shop-1",
      "dev-shop-2",
      "dev-shop-3",
    ]);
  });

  it("can have no replica at all", () => {
    expect(resources(service({ replicas: 0 }), "docker_container")).toEqual({});
  });

  it("keeps the replicas that stay when their number changes", () => {
    expect(container(service({ replicas: 4 }), "Shop/Replica2")).toEqual(container(service({ replicas: 2 }), "Shop/Replica2"));
  });

  it.each<[string, Partial<ServiceProps>]>([
    ["memory", { memoryMiB: 96 }],
    ["CPU", { cpus: 0.5 }],
    ["processes", { pidsLimit: 300 }],
  ])("changes the cap of %s in place: name and hash stay", (_what, props) => {
    expect(replica(props)["name"]).toBe(replica()["name"]);
    expect(replica(props)["labels"]).toEqual(replica()["labels"]);
    expect(replica(props)).not.toEqual(replica());
  });

  it.each<[string, Partial<ServiceProps>]>([
    ["an environment variable", { environment: { LEVEL: "debug" } }],
    ["the health check", { health: Health.http("/ready") }],
    ["the command", { command: ["serve"] }],
    ["the user", { user: { uid: 33, gid: 33 } }],
    ["a label", { labels: { team: "web" } }],
    ["a file system in memory", { tmpfs: { "/cache": { sizeMiB: 8 } } }],
    ["the alias", { alias: "store" }],
    ["the stop signal", { stopSignal: "SIGINT" }],
    ["the time to stop", { stopSeconds: 20 }],
    ["a capability", { capabilities: ["CAP_NET_BIND_SERVICE"] }],
    ["the root", { readOnlyRoot: false }],
  ])("is replaced when %s changes: another name and another hash", (_what, props) => {
    expect(replica(props)["name"]).not.toBe(replica()["name"]);
    expect(label(replica(props), "docker-tiers.config")).not.toBe(label(replica(), "docker-tiers.config"));
  });

  it("is replaced when an escape hatch changes what is rendered", () => {
    const json = synth((stack) => {
      const { node } = new Service(stack, "Shop", PROPS);
      (node.findChild("Replica1") as unknown as { addOverride(path: string, value: unknown): void }).addOverride("hostname", "shop");
    });
    const plain = synth((stack) => new Service(stack, "Shop", PROPS));
    expect(container(json, "Shop/Replica1")["hostname"]).toBe("shop");
    expect(container(json, "Shop/Replica1")["name"]).not.toBe(container(plain, "Shop/Replica1")["name"]);
  });

  it("has the same names, labels and hashes for either provider; only the limit of processes is the embedded one's", () => {
    const { pids_limit: pidsLimit, ...embedded } = replica();
    expect(pidsLimit).toBe(200);
    expect(replica({}, { provider: "kreuzwerker" })).toEqual(embedded);
  });

  it("has a name that ends in its hash", () => {
    expect(replica()["name"]).toBe(`dev-shop-1-${String(label(replica(), "docker-tiers.config")).slice(0, 8)}`);
  });

  it("has the same bytes for the same input, whatever the order of keys", () => {
    const variables = fc.dictionary(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,8}$/), fc.string(), { maxKeys: 5, noNullPrototype: true });
    const text = (environment: Record<string, string>) => synthText((stack) => new Service(stack, "Shop", { ...PROPS, environment }));
    fc.assert(
      fc.property(variables, (environment) => {
        expect(text(Object.fromEntries(Object.entries(environment).reverse()))).toBe(text(environment));
      }),
      { numRuns: 15 },
    );
  });

  it("hands environment values on as they are, whatever they hold", () => {
    const rendered = (template: string): string => template.replace(/([$%])\1\{/g, "$1{");
    const value = fc.array(fc.constantFrom("${", "%{", "$", "}", '"', "'", "\n", "\\", "é", "=")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(value, (text) => {
        const [line] = replica({ environment: { VALUE: text } })["env"] as string[];
        expect(rendered(String(line))).toBe(`VALUE=${text}`);
      }),
      { numRuns: 25 },
    );
  });

  it("waits for health as long as the probe may take to decide", () => {
    const health = Health.http("/", { intervalSeconds: 2, timeoutSeconds: 4, retries: 3, startPeriodSeconds: 10 });
    expect(replica({ health })).toMatchObject({ wait: true, wait_timeout: 34 });
  });

  it("is reached by an alias that is its path in the stack, or the one given", () => {
    expect(replica()["networks_advanced"]).toMatchObject([{ aliases: ["shop"] }]);
    expect(replica({ alias: "store" })["networks_advanced"]).toMatchObject([{ aliases: ["store"] }]);
  });

  it("moves to the network's new name when the network changes", () => {
    const at = (subnet: string) =>
      synth((stack) => new Service(stack, "Shop", { ...PROPS, network: new BridgeNetwork(stack, "Edge", { subnet }) }));
    const [a, b] = [at("10.20.0.0/24"), at("10.20.1.0/24")];
    expect(container(a, "Shop/Replica1")["name"]).not.toBe(container(b, "Shop/Replica1")["name"]);
    expect(resource(a, "docker_network", "Edge/Resource")["name"]).not.toBe(resource(b, "docker_network", "Edge/Resource")["name"]);
  });

  it.each<[Partial<ServiceProps>, string]>([
    [{ replicas: -1 }, "REPLICAS: replicas must be a whole number of 0 to 500, got -1; use 2 (at dev/Shop)"],
    [{ replicas: 1.5 }, "REPLICAS: replicas must be a whole number of 0 to 500, got 1.5; use 2 (at dev/Shop)"],
    [{ replicas: 501 }, "REPLICAS: replicas must be a whole number of 0 to 500, got 501; use 2 (at dev/Shop)"],
    [{ alias: "Shop" }, 'ALIAS: alias must be a DNS label of lower-case letters, digits and "-", got "Shop"; use "shop" (at dev/Shop)'],
    [{ alias: "a_b" }, 'ALIAS: alias must be a DNS label of lower-case letters, digits and "-", got "a_b"; use "shop" (at dev/Shop)'],
    [{ memoryMiB: 5 }, "MEMORY: memoryMiB must be a whole number of at least 6, got 5; use 64 (at dev/Shop)"],
    [{ memoryMiB: 64.5 }, "MEMORY: memoryMiB must be a whole number of at least 6, got 64.5; use 64 (at dev/Shop)"],
    [{ cpus: 0 }, "CPUS: cpus must be 0.01 to 1024, got 0; use 0.5 for half a CPU (at dev/Shop)"],
    [{ cpus: NaN }, "CPUS: cpus must be 0.01 to 1024, got NaN; use 0.5 for half a CPU (at dev/Shop)"],
    [{ pidsLimit: 0 }, "PIDS_LIMIT: pidsLimit must be a whole number of 1 to 4194304, got 0; use 200 (at dev/Shop)"],
    [{ capabilities: ["chown"] }, 'CAPABILITY: capability must be written CAP_NAME, got "chown"; use "CAP_CHOWN" (at dev/Shop)'],
    [{ capabilities: ["CAP_chown"] }, 'CAPABILITY: capability must be written CAP_NAME, got "CAP_chown"; use "CAP_CHOWN" (at dev/Shop)'],
    [{ port: 0 }, "PORT: port must be a whole number of 1 to 65535, got 0; use 8080 (at dev/Shop)"],
    [{ port: 65536 }, "PORT: port must be a whole number of 1 to 65535, got 65536; use 8080 (at dev/Shop)"],
    [{ environment: { "A-B": "" } }, 'ENVIRONMENT: variable must be letters, digits and "_", got "A-B"; rename it (at dev/Shop)'],
    [{ environment: { A: "a\0b" } }, "ENVIRONMENT: value of A must not hold a NUL byte; remove it (at dev/Shop)"],
  ])("fails for %p", (props, message) => {
    expect(fails(props)).toThrow(new Error(message));
  });
});
