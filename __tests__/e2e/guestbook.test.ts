import { randomBytes } from "node:crypto";
import { plainText } from "./project";
import { SharedStack } from "./shared-stack";

let shared: SharedStack;
beforeAll(async () => {
  shared = await SharedStack.deployed();
});

describe("a deployed guestbook, through nginx", () => {
  it("keeps an entry and shows it in the page", async () => {
    const { name, message } = await shared.site.sign("Ada", "first <b>entry</b>");
    expect(await shared.site.entries()).toContainEqual(expect.objectContaining({ name, message }));
    const page = await shared.site.get("/");
    expect(page.status).toBe(200);
    expect(page.text).toContain("<p>first &lt;b&gt;entry&lt;/b&gt;</p>");
  });

  it("answers the list from the database after a write, and from the cache then", async () => {
    await shared.site.sign("Bob", "drops the cache");
    const answers = [await shared.site.get("/entries"), await shared.site.get("/entries")];
    expect(answers.map(({ cache }) => cache)).toEqual(["miss", "hit"]);
  });

  it("takes a repeated request for the same one, at whichever replica", async () => {
    const program =
      "const headers = { 'content-type': 'application/json', 'x-request-id': process.argv[1] };" +
      "const body = JSON.stringify({ name: 'Cyd', message: 'signed once' });" +
      "fetch('http://127.0.0.1:3000/entries', { method: 'POST', headers, body }).then(async (answer) => console.log(answer.status, await answer.text()))";
    const sign = async (replica: string, id: string): Promise<string> => {
      const { Id } = await shared.docker.container(shared.stack, `guestbook-${replica}`);
      return shared.docker.run(["exec", Id, "node", "-e", program, id]);
    };
    const [one, other] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
    const first = await sign("1", one);
    expect(first).toMatch(/^201 \{"id":\d+,"name":"Cyd"/);
    expect(await sign("2", one)).toBe(first);
    expect(await sign("2", other)).not.toBe(first);
  });

  it("is answered by both replicas, each by the name of its container", async () => {
    const replicas = (await shared.docker.containers(shared.stack, "guestbook-")).filter(({ State }) => State.Running);
    const hostnames = replicas.map(({ Config }) => Config.Hostname);
    expect([...(await shared.site.replicas(20))].sort()).toEqual(hostnames.sort());
    expect(hostnames).toHaveLength(2);
  });

  it("reports no changes in a second plan", async () => {
    expect(await shared.planned()).toEqual({});
    const { code, stdout } = await shared.project.cdktf("diff", shared.stack);
    expect(code).toBe(0);
    expect(plainText(stdout)).toContain("No changes. Your infrastructure matches the configuration.");
  });

  it("has every running container healthy", async () => {
    const running = (await shared.docker.containers(shared.stack)).filter(({ State }) => State.Running);
    expect(running.map(({ State }) => State.Health?.Status)).toEqual(running.map(() => "healthy"));
    expect(running).toHaveLength(5);
  });

  it("is published on loopback only", async () => {
    const filter = ["--filter", `label=docker-tiers.stack=${shared.stack}`];
    const ports = await shared.docker.lines("ps", ...filter, "--format", "{{.Ports}}");
    const published = ports.flatMap((line) => line.split(", ")).filter((port) => port.includes("->"));
    expect(published).toEqual(["127.0.0.1:18080->8080/tcp"]);
  });
});
