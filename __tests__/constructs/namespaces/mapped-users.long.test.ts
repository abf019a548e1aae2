import { readlinkSync, statSync } from "node:fs";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, Service, type Namespaces } from "../../../constructs";
import { Inside } from "../../e2e/inside";
import { MAPPED_ROOT, PrivateEngine } from "../../e2e/private-engine";
import { DeclaredProject } from "../../provider/declared-project";
import { buildProbeImages } from "../../provider/probe-image";

jest.setTimeout(180_000);

const STACK = "dev";
const UID = 1000;
const engine = PrivateEngine.mappingUsers();
let declared: DeclaredProject | undefined;

beforeAll(async () => {
  await engine.start();
  await buildProbeImages(engine.host);
  declared = await DeclaredProject.on(engine.host);
  await declared.deploy((stack) => {
    service(stack, "Mapped", {});
    service(stack, "Open", { user: "host" });
  });
});

afterAll(async () => {
  await declared?.close();
  await engine.docker.purge(STACK).catch(() => undefined);
  await engine.remove();
});

function service(stack: TerraformStack, id: string, namespaces: Namespaces): void {
  const health = Health.command(["true"], { intervalSeconds: 1 });
  new Service(stack, id, {
    image: ContainerImage.fromRegistry("probe:1"),
    memoryMiB: 16,
    user: { uid: UID, gid: UID },
    health,
    namespaces,
  });
}

/** Who a container's first process is: its user outside, how root inside is mapped, and the kernel's number of the namespace. */
async function seen(name: string): Promise<{ outside: number; root: string; namespace: string }> {
  const facts = await engine.docker.container(STACK, name);
  const { stdout } = await Inside.of(engine.docker, facts).sh("cat /proc/self/uid_map; readlink /proc/self/ns/user");
  const [map = "", namespace = ""] = stdout.trim().split("\n");
  return { outside: statSync(`/proc/${String(facts.State.Pid)}`).uid, root: map.trim().replace(/\s+/g, " "), namespace };
}

describe("an engine that maps users", () => {
  it("gives a container a user namespace of its own, in which root is nobody outside", async () => {
    const { namespace, ...rest } = await seen("mapped");
    expect(rest).toEqual({ outside: MAPPED_ROOT + UID, root: `0 ${String(MAPPED_ROOT)} 65536` });
    expect(namespace).not.toBe(readlinkSync("/proc/self/ns/user"));
  });

  it("leaves a container that asks for it in the host's, where users are the host's own", async () => {
    const { root, ...rest } = await seen("open");
    expect(rest).toEqual({ outside: UID, namespace: readlinkSync("/proc/self/ns/user") });
    expect(root).toMatch(/^0 0 /);
  });

  it("plans no change of either", async () => {
    expect((await declared?.project.check())?.output).toContain("No changes.");
  });
});
