import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nginxConfig } from "../../constructs/web/nginx-config";
import { PLAIN_TIER, SHOP_ROUTE } from "../constructs/web/tier";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { Bench, until, type HardenedContainer } from "./hardened-container";

const REQUESTS = 12;
const tmpfs = { "/run": "uid=101", "/tmp": "size=8m", "/var/cache/nginx": "uid=101" };
const bench = new Bench();
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-rounds-"));
  chmodSync(directory, 0o755);
});
afterAll(async () => {
  await bench.close();
  rmSync(directory, { recursive: true });
}, 60_000);

/** Answers with what arrived, or resets the connection once it has. Each request is a line of its log. */
const REPLICA = `require("node:http").createServer(async (request, answer) => {
  let body = "";
  for await (const piece of request) body += piece;
  console.log(request.method, request.url, request.headers.connection, request.headers["x-request-id"]);
  if (process.argv[1] === "resets") request.socket.resetAndDestroy();
  else answer.end([request.method, request.url, body].join(" ") + ".\\n");
}).listen(3000);`;

/** nginx as a web tier has it, before two replicas: one that answers, and another. */
async function tier(
  deduplicates: boolean,
  other: "resets" | "refuses",
): Promise<{ edge: HardenedContainer; replicas: HardenedContainer[] }> {
  const config = nginxConfig({
    ...PLAIN_TIER,
    routes: [{ ...SHOP_ROUTE, deduplicates }],
  });
  const folder = mkdtempSync(join(directory, "mount-"));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, "nginx.conf"), config, { mode: 0o644 });
  const network = await bench.network();
  const node = await bench.image(nodeRecipe);
  const program = (kind: string): string[] => (kind === "refuses" ? ["sleep", "600"] : ["node", "-e", REPLICA, kind]);
  const replicas: HardenedContainer[] = [];
  for (const kind of ["answers", other]) replicas.push(await bench.run(node, { cmd: program(kind), network, alias: "shop" }));
  const cmd = ["nginx", "-c", "/etc/docker-tiers/nginx.conf", "-g", "daemon off;"];
  const binds = [`${folder}:/etc/docker-tiers:ro`];
  const edge = await bench.run(await bench.image(nginxRecipe), { tmpfs, cmd, network, binds });
  await until(
    () => edge.sh("wget -q -O - http://127.0.0.1:8080/up"),
    ({ exitCode }) => exitCode === 0,
  );
  return { edge, replicas };
}

/** The answers to requests that follow each other: a replica has its turn at every other one. */
async function ask(edge: HardenedContainer, options = ""): Promise<string[]> {
  const line = `wget -q -O - ${options} 'http://127.0.0.1:8080/a%2Fb?c=d' 2>&1 || true`;
  const { output } = await edge.sh(`for i in $(seq ${REQUESTS}); do ${line}; done`);
  return output.split("\n");
}

const POST = "--post-data signed";
const all = (answer: string): string[] => Array.from({ length: REQUESTS }, () => answer);

describe("a web tier before a replica that ends", () => {
  it("repeats a POST that reached no replica, unchanged", async () => {
    const { edge } = await tier(false, "refuses");
    expect(await ask(edge, POST)).toEqual(all("POST /a%2Fb?c=d signed."));
    expect(await edge.logs()).toContain("Connection refused");
  }, 60_000);

  it("repeats a GET that did, but no POST: it may have been carried out", async () => {
    const { edge, replicas } = await tier(false, "resets");
    expect(await ask(edge)).toEqual(all("GET /a%2Fb?c=d ."));
    const answers = await ask(edge, POST);
    expect(answers).toContain("wget: server returned error: HTTP/1.1 502 Bad Gateway");
    expect(answers).toContain("POST /a%2Fb?c=d signed.");
    expect(await arrivals(replicas, "POST")).toEqual(Array.from({ length: REQUESTS }, () => 1));
  }, 60_000);

  it("repeats such a POST under the same id where the service knows it by that", async () => {
    const { edge, replicas } = await tier(true, "resets");
    expect(await ask(edge, POST)).toEqual(all("POST /a%2Fb?c=d signed."));
    const counts = await arrivals(replicas, "POST");
    expect(counts).toHaveLength(REQUESTS);
    expect(Math.max(...counts)).toBe(2);
  }, 60_000);

  it("keeps no connection that a replica could end with a request on its way", async () => {
    const { edge, replicas } = await tier(false, "refuses");
    await ask(edge);
    const [answering] = replicas;
    const lines = ((await answering?.logs()) ?? "").split("\n").filter((line) => line.startsWith("GET /a"));
    expect(lines.filter((line) => !line.includes(" close "))).toEqual([]);
    expect(lines).toHaveLength(REQUESTS);
  }, 60_000);
});

/** How often each request of a method arrived, by its id. */
async function arrivals(replicas: readonly HardenedContainer[], method: string): Promise<number[]> {
  const logs = await Promise.all(replicas.map((replica) => replica.logs()));
  const ids = logs.flatMap((log) => log.split("\n").filter((line) => line.startsWith(method))).map((line) => line.split(" ").at(-1) ?? "");
  return [...new Set(ids)].map((id) => ids.filter((other) => other === id).length);
}
