import { findImage } from "../../images/image-store";
import { nodeRecipe } from "../../images/recipes/node";
import { Bench, until } from "./hardened-container";

const bench = new Bench();
let image: string;

beforeAll(async () => {
  image = await bench.image(nodeRecipe);
}, 120_000);
afterAll(() => bench.close(), 60_000);

async function evaluate(script: string): Promise<string> {
  const container = await bench.run(image, { cmd: ["node", "-e", script] });
  await container.wait();
  return (await container.logs()).trim();
}

describe("the node image", () => {
  it("is at most 120 MB", async () => {
    expect((await findImage(bench.engine, nodeRecipe))?.size).toBeLessThanOrEqual(120_000_000);
  });

  it("runs Node.js 20 as 1000:1000", async () => {
    expect(await evaluate("console.log(process.versions.node.split('.')[0], process.getuid(), process.getgid())")).toBe("20 1000 1000");
  }, 30_000);

  it("has the CA certificates where OpenSSL looks for them", async () => {
    const script = `const text = require("fs").readFileSync("/usr/lib/ssl/cert.pem", "utf8");
      const all = text.split(/(?=-----BEGIN)/).map((pem) => new (require("crypto").X509Certificate)(pem));
      console.log(all.length > 100 && all.every(({ ca }) => ca));`;
    expect(await evaluate(script)).toBe("true");
  }, 30_000);

  it("has the built-in modules that the distribution keeps in files: fetch, ES modules from CommonJS, the REPL's parser", async () => {
    const script = `import("data:text/javascript,import { readFileSync } from 'fs'; export default typeof readFileSync").then(async ({ default: kind }) => {
      const server = require("http").createServer((_, answer) => answer.end("hi")).listen(0, "127.0.0.1");
      await new Promise((resolve) => server.once("listening", resolve));
      const text = await (await fetch("http://127.0.0.1:" + server.address().port)).text();
      console.log(kind, text, typeof require("repl").start, new Intl.NumberFormat("de").format(1234.5));
      server.close(); process.exit(0);
    })`;
    expect(await evaluate(script)).toBe("function hi function 1.234,5");
  }, 30_000);

  it("is healthy while its program can run, whatever that is, and not when it was stopped", async () => {
    const container = await bench.run(image, { cmd: ["node", "-e", "setInterval(() => 0, 1000)"] });
    expect(await container.settle()).toBe("healthy");
    await container.signal("STOP");
    const health = async (): Promise<string | undefined> => (await container.inspect()).State.Health?.Status;
    expect(await until(health, (status) => status === "unhealthy", 60_000)).toBe("unhealthy");
    await container.signal("CONT");
    expect(await until(health, (status) => status === "healthy", 60_000)).toBe("healthy");
  }, 150_000);

  it("resolves the names of other containers", async () => {
    const network = await bench.network();
    const peer = await bench.run(image, { network, alias: "peer", cmd: ["node", "-e", "setTimeout(() => {}, 60000)"] });
    const script = 'require("dns").lookup("peer", (fault, address) => console.log(fault ? fault.code : require("net").isIPv4(address)))';
    const client = await bench.run(image, { network, cmd: ["node", "-e", script] });
    await client.wait();
    expect(await client.logs()).toBe("true\n");
    expect((await peer.inspect()).State.Status).toBe("running");
  }, 60_000);
});
