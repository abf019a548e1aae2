import { poll } from "./poll";
import { SharedStack } from "./shared-stack";

let shared: SharedStack;
beforeAll(async () => {
  shared = await SharedStack.deployed();
});

/** Deploys, and proves that everything is as declared again. */
async function expectMended(): Promise<void> {
  await shared.project.deploy(shared.stack);
  expect(await shared.planned()).toEqual({});
  await shared.site.ready(60);
}

describe("drift", () => {
  it("mends a container that somebody removed", async () => {
    const { Id } = await shared.docker.container(shared.stack, "guestbook-1");
    await shared.docker.run(["rm", "-f", Id]);
    expect(await shared.planned()).toEqual({ "docker_container.Guestbook_Replica1": "create" });
    await expectMended();
    await poll("both replicas answer", 15, async () => ((await shared.site.replicas(12)).size === 2 ? true : undefined));
  });

  it("mends a network that a container was disconnected from", async () => {
    const { Id, NetworkSettings } = await shared.docker.container(shared.stack, "guestbook-2");
    const network = Object.keys(NetworkSettings.Networks).find((name) => name.includes("-database-")) ?? "";
    await shared.docker.run(["network", "disconnect", network, Id]);
    expect(Object.keys(await shared.planned())).toEqual(["docker_container.Guestbook_Replica2"]);
    await expectMended();
    const mended = await shared.docker.container(shared.stack, "guestbook-2");
    expect(Object.keys(mended.NetworkSettings.Networks)).toContain(network);
  });

  it("starts a database that was stopped, and does not replace it", async () => {
    const { name, message } = await shared.site.sign("Eve", "before the stop");
    const { Id } = await shared.docker.container(shared.stack, "e2e-database");
    await shared.docker.run(["stop", Id]);
    expect(await shared.planned()).toEqual({ "docker_container.Database": "update" });
    await expectMended();
    expect((await shared.docker.container(shared.stack, "e2e-database")).Id).toBe(Id);
    expect(await shared.site.entries()).toContainEqual(expect.objectContaining({ name, message }));
  });
});
