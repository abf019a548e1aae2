import { SharedStack } from "./shared-stack";
import { loadDuring } from "./load";
import { withoutHash } from "./plan";
import { poll } from "./poll";

let shared: SharedStack;
beforeAll(async () => {
  shared = await SharedStack.deployed();
});

const replicas = async (): Promise<string[]> => {
  const all = await shared.docker.containers(shared.stack, "guestbook-");
  return all.filter(({ State }) => State.Running).map(({ Id }) => Id);
};

describe("scaling", () => {
  it("adds replicas and leaves the others alone", async () => {
    const before = await replicas();
    shared.configure({ WEB_REPLICAS: 4 });
    expect(await shared.planned()).toEqual({
      "docker_container.Guestbook_Replica3": "create",
      "docker_container.Guestbook_Replica4": "create",
    });
    await shared.deploy({ WEB_REPLICAS: 4 });
    expect(await replicas()).toEqual(expect.arrayContaining(before));
    await poll("four replicas answer", 15, async () => ((await shared.site.replicas(16)).size === 4 ? true : undefined));
  });

  it("takes them away again, and loses no request meanwhile", async () => {
    shared.configure();
    expect(await shared.planned()).toEqual({
      "docker_container.Guestbook_Replica3": "delete",
      "docker_container.Guestbook_Replica4": "delete",
    });
    const { answered, failed } = await loadDuring(shared, () => shared.deploy());
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect(await replicas()).toHaveLength(2);
    expect((await shared.site.replicas(16)).size).toBe(2);
  });
});

describe("a memory cap", () => {
  it("changes in place: the same containers, with the new cap and still no swap", async () => {
    const before = await replicas();
    shared.configure({ APP_MEMORY_MIB: 160 });
    expect(await shared.planned()).toEqual({
      "docker_container.Guestbook_Replica1": "update",
      "docker_container.Guestbook_Replica2": "update",
    });
    await shared.deploy({ APP_MEMORY_MIB: 160 });
    const after = await shared.docker.containers(shared.stack, "guestbook-");
    const capped = after.filter(({ State }) => State.Running);
    expect(capped.map(({ Id }) => Id)).toEqual(before);
    expect(capped.map(({ HostConfig }) => [HostConfig.Memory, HostConfig.MemorySwap])).toEqual(before.map(() => [160 << 20, 160 << 20]));
    await shared.deploy();
  });
});

describe("an environment value", () => {
  afterAll(async () => {
    shared.project.variable("E2E_REVISION", undefined);
    await shared.deploy();
  });

  it("replaces the service's replicas, new before old, and touches nothing else", async () => {
    shared.project.variable("E2E_REVISION", "2");
    expect(await shared.planned()).toEqual({
      "docker_container.Guestbook_Replica1": "create/delete",
      "docker_container.Guestbook_Replica2": "create/delete",
    });
    const stateful = ["docker_container.Database", "docker_container.Cache"];
    const first = createFirst(await shared.project.terraform(shared.stack, "state", "pull"));
    expect(first).toContain("docker_container.Guestbook_Replica1");
    expect(first.filter((address) => stateful.includes(address))).toEqual([]);
  });

  it("loses no request meanwhile", async () => {
    const before = await replicas();
    const { answered, failed } = await loadDuring(shared, () => shared.deploy());
    expect(failed).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect(await replicas()).toHaveLength(2);
    expect(await replicas()).not.toEqual(expect.arrayContaining(before.slice(0, 1)));
  });
});

/** Addresses of the instances that terraform would replace by a new one first. */
function createFirst(state: string): string[] {
  interface Resource {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly create_before_destroy?: boolean }[];
  }
  const { resources } = JSON.parse(state) as { resources: readonly Resource[] };
  const first = resources.filter(({ instances }) => instances.some(({ create_before_destroy: flag }) => flag === true));
  return first.map(({ type, name }) => withoutHash(`${type}.${name}`));
}
