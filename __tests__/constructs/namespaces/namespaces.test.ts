import type { TerraformStack } from "cdktf";
import { Health, Job, Namespace, Service, type Namespaces, type Resources } from "../../../constructs";
import { container, inStack, newStack, shopImage, synth, inFolder, address } from "../synth";

const health = Health.http("/");
const service = (stack: TerraformStack, id: string, options: { namespaces?: Namespaces; replicas?: number; resources?: Resources } = {}) =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health, ...options });

const shop = (namespaces: Namespaces, provider: "embedded" | "kreuzwerker" = "embedded") =>
  container(
    synth((stack) => service(stack, "Shop", { namespaces }), { provider }),
    "Shop/Replica1",
  );

describe("namespaces", () => {
  it("reach the container in the provider's names, a job's too", () => {
    expect(shop({ ipc: "none", pid: "host", uts: "host", user: "host", cgroup: "private" })).toMatchObject({
      ipc_mode: "none",
      pid_mode: "host",
      uts_mode: "host",
      userns_mode: "host",
      cgroupns_mode: "private",
    });
    const json = synth(
      (stack) => new Job(stack, "Migrate", { image: shopImage(), command: ["true"], namespaces: { hostname: "migrate" } }),
    );
    expect(container(json, "Migrate/Resource")).toMatchObject({ hostname: "migrate" });
  });

  it("are a container's own where none is named", () => {
    const attributes = shop({});
    for (const name of ["ipc_mode", "pid_mode", "uts_mode", "userns_mode", "cgroupns_mode", "hostname"]) {
      expect(attributes).not.toHaveProperty(name);
    }
  });

  it("are shared replica by replica, and what lends its IPC is shareable", () => {
    const json = synth((stack) => {
      const app = service(stack, "App", { replicas: 2 });
      service(stack, "Side", { replicas: 2, namespaces: { pid: Namespace.of(app), ipc: Namespace.of(app) } });
    });
    for (const replica of ["1", "2"]) {
      const of = `container:\${${address(json, "docker_container", `App/Replica${replica}`)}.id}`;
      expect(container(json, `Side/Replica${replica}`)).toMatchObject({ pid_mode: of, ipc_mode: of });
      expect(container(json, `App/Replica${replica}`)).toMatchObject({ ipc_mode: "shareable" });
    }
  });

  it("roll with the service that lends them", () => {
    const side = (memoryMiB: number, level: string) =>
      container(
        synth((stack) => {
          const app = new Service(stack, "App", { image: shopImage(), memoryMiB, health, environment: { LEVEL: level } });
          service(stack, "Side", { namespaces: { pid: Namespace.of(app) } });
        }),
        "Side/Replica1",
      )["name"];
    expect(side(64, "info")).toBe(side(128, "info"));
    expect(side(64, "info")).not.toBe(side(64, "debug"));
  });
});

const shared = (use: (stack: TerraformStack, app: Service) => void) => () => inStack((stack) => use(stack, service(stack, "App")));

it.each<readonly [string, () => unknown, string]>([
  [
    "more replicas than are lent",
    shared((stack, app) => service(stack, "Shop", { replicas: 2, namespaces: { pid: Namespace.of(app) } })),
    "NAMESPACE: replicas must be at most the 1 of dev/App, whose namespaces are shared one by one, got 2; use 1",
  ],
  [
    "a host name that is not its own",
    shared((stack) => service(stack, "Shop", { namespaces: { uts: "host", hostname: "shop" } })),
    'NAMESPACE: hostname must be left out with the host\'s UTS namespace, got "shop"; leave one out',
  ],
  [
    "a host name with a space",
    shared((stack) => service(stack, "Shop", { namespaces: { hostname: "my shop" } })),
    'NAMESPACE: hostname must be lower-case letters, digits, "-" and ".", at most 63, got "my shop"; use "shop"',
  ],
  [
    "a size of somebody else's shared memory",
    shared((stack, app) => service(stack, "Shop", { namespaces: { ipc: Namespace.of(app) }, resources: { shmMiB: 16 } })),
    "NAMESPACE: shmMiB must be left out with another IPC namespace, got 16 with that of dev/App; set it there",
  ],
  [
    "the host's kernel parameters",
    shared((stack) => service(stack, "Shop", { namespaces: { ipc: "host" }, resources: { sysctls: { "kernel.msgmax": 1 } } })),
    'NAMESPACE: sysctl kernel.msgmax must be left out with another IPC namespace, got it with "host"; set it there',
  ],
])("fails for %s", (_, make, message) => {
  expect(make).toThrow(new Error(`${message} (at dev/Shop)`));
});

it("fails for a namespace of another stack", () => {
  inFolder((folder) => {
    const other = service(newStack(folder, { stack: "data" }), "App");
    const make = () => service(newStack(folder), "Shop", { namespaces: { pid: Namespace.of(other) } });
    expect(make).toThrow("NAMESPACE: namespace must be that of a service in one stack, got data/App; declare both in one (at dev/Shop)");
  });
});

it("fails for the host's UTS namespace with the public provider", () => {
  expect(() => shop({ uts: "host" }, "kreuzwerker")).toThrow(
    'PUBLIC_PROVIDER: namespaces.uts must be left out with the public provider, which has no uts_mode, got "host"; use PROVIDER=embedded (at dev/Shop/Replica1)',
  );
});
