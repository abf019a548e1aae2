import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, Namespace, Service, type Namespaces } from "../../../constructs";
import type { Inside } from "../../e2e/inside";
import { withDeclared } from "../../provider/declared";

jest.setTimeout(180_000);

const STACK = "runtime-namespaces";
const OWN = ["ipc", "pid", "uts"] as const;
const KINDS = [...OWN, "cgroup", "user"] as const;

const service = (stack: TerraformStack, id: string, namespaces: Namespaces, replicas = 1): Service =>
  new Service(stack, id, {
    image: ContainerImage.fromRegistry("probe:1"),
    memoryMiB: 16,
    health: Health.command(["true"], { intervalSeconds: 1 }),
    namespaces,
    replicas,
  });

/** Which namespaces a container is in, by the kernel's numbers. */
async function of(inside: Inside): Promise<Record<(typeof KINDS)[number], string>> {
  const { stdout } = await inside.sh(KINDS.map((kind) => `readlink /proc/self/ns/${kind}`).join("; "));
  const [ipc = "", pid = "", uts = "", cgroup = "", user = ""] = stdout.trim().split("\n");
  return { ipc, pid, uts, cgroup, user };
}

const hosts = (): Record<string, string> => Object.fromEntries(KINDS.map((kind) => [kind, readlinkSync(`/proc/self/ns/${kind}`)]));

it("namespaces are those that were named, by the kernel's numbers, and otherwise nobody else's", async () => {
  await withDeclared(
    STACK,
    (stack) => {
      const app = service(stack, "App", { hostname: "app.example", cgroup: "private" }, 2);
      service(stack, "Side", { pid: Namespace.of(app), ipc: Namespace.of(app) }, 2);
      service(stack, "Host", { ipc: "host", pid: "host", uts: "host", cgroup: "host", user: "host" });
      service(stack, "Plain", { ipc: "none" });
    },
    async (declared) => {
      for (const replica of ["1", "2"]) {
        const [app, side] = [await of(await declared.inside(`app-${replica}`)), await of(await declared.inside(`side-${replica}`))];
        expect(side).toEqual({ ...app, uts: side.uts, cgroup: side.cgroup });
        expect(side.uts).not.toBe(app.uts);
      }
      const [one, two, host] = [await of(await declared.inside("app-1")), await of(await declared.inside("app-2")), hosts()];
      expect([...OWN, "cgroup" as const].filter((kind) => one[kind] === two[kind] || one[kind] === host[kind])).toEqual([]);
      expect(await of(await declared.inside("host"))).toEqual(host);

      const tree = "cat /proc/self/cgroup";
      expect((await (await declared.inside("app-1")).sh(tree)).stdout).toMatch(/^(\d+:[^:]*:\/\n)+$/);
      const { Id } = await declared.docker.container(STACK, "host");
      expect((await (await declared.inside("host")).sh(tree)).stdout).toContain(Id);

      const [side, plain] = [await declared.inside("side-1"), await declared.inside("plain")];
      expect((await (await declared.inside("app-1")).sh("hostname; echo shared > /dev/shm/note; chmod 0644 /dev/shm/note")).stdout).toBe(
        "app.example\n",
      );
      expect(await side.sh("cat /dev/shm/note")).toMatchObject({ code: 0, stdout: "shared\n" });
      expect(await (await declared.inside("side-2")).sh("cat /dev/shm/note")).toMatchObject({ code: 1 });
      expect(await plain.sh("test -d /dev/shm && grep -q ' /dev/shm ' /proc/mounts")).toMatchObject({ code: 1 });
      expect((await (await declared.inside("host")).sh("hostname")).stdout.trim()).toBe(hostname());
      expect((await declared.project.plan()).changes.map(({ address, replace_paths: paths }) => [address, paths])).toEqual([]);
    },
  );
});

it("a service that shares moves with a new version of the one that lends", async () => {
  const build =
    (level: string) =>
    (stack: TerraformStack): void => {
      const app = new Service(stack, "App", {
        image: ContainerImage.fromRegistry("probe:1"),
        memoryMiB: 16,
        health: Health.command(["true"], { intervalSeconds: 1 }),
        environment: { LEVEL: level },
      });
      service(stack, "Side", { pid: Namespace.of(app) });
    };
  await withDeclared(STACK, build("info"), async (declared) => {
    const before = await of(await declared.inside("side-1"));
    declared.declare(build("debug"));
    await declared.project.mustApply();
    const [app, side] = [await of(await declared.inside("app-1")), await of(await declared.inside("side-1"))];
    expect(side.pid).toBe(app.pid);
    expect(side.pid).not.toBe(before.pid);
    expect((await declared.project.check()).exitCode).toBe(0);
  });
});
