import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { findImage } from "../../images/image-store";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { Bench, until, type HardenedContainer } from "./hardened-container";

const bench = new Bench();
const tmpfs = { "/run": "uid=101", "/tmp": "size=8m", "/var/cache/nginx": "uid=101" };
let image: string;
let directory: string;

beforeAll(async () => {
  image = await bench.image(nginxRecipe);
  directory = mkdtempSync(join(tmpdir(), "docker-tiers-nginx-"));
}, 120_000);
afterAll(async () => {
  await bench.close();
  rmSync(directory, { recursive: true });
}, 60_000);

const get = (container: HardenedContainer, url: string): Promise<string> =>
  container.sh(`wget -q -T 3 -O - ${url} 2>&1`).then(({ output }) => output);

/** A directory with one file that any user can read. */
function readableDirectory(name: string, text: string): string {
  const folder = mkdtempSync(join(directory, "mount-"));
  writeFileSync(join(folder, name), text, { mode: 0o644 });
  for (const path of [directory, folder]) chmodSync(path, 0o755);
  return folder;
}

// Directives for temporary files are left out on purpose: their places in the image are writable, too.
const resolving = `pid /run/nginx.pid;
events {}
http {
  include /etc/nginx/mime.types;
  resolver 127.0.0.11 valid=1s ipv6=off;
  upstream shop {
    zone shop 64k;
    server shop:3000 resolve max_fails=0;
  }
  server {
    listen 80;
    location / {
      proxy_pass http://shop;
    }
  }
}
`;

describe("the nginx image", () => {
  it("is at most 15 MB", async () => {
    const found = await findImage(bench.engine, nginxRecipe);
    expect(found?.size).toBeLessThanOrEqual(15_000_000);
  });

  it("serves its welcome page on port 80 as 101:101, healthy, and changes nothing of the image", async () => {
    const container = await bench.run(image, { tmpfs });
    expect(await container.settle()).toBe("healthy");
    expect(await get(container, "http://127.0.0.1/")).toContain("<h1>nginx is running</h1>");
    expect((await container.exec("id", "-u")).output).toBe("101");
    expect((await container.sh("grep CapEff /proc/1/status")).output).toBe("CapEff:\t0000000000000000");
    expect(await container.changes()).toEqual([]);
  }, 60_000);

  it("fails its configuration test on a read-only root without a writable cache directory, and passes with one", async () => {
    const cmd = ["nginx", "-t"];
    const bare = await bench.run(image, { tmpfs: { "/run": "uid=101" }, cmd });
    expect(await bare.wait()).toBe(1);
    expect(await bare.logs()).toContain("(30: Read-only file system)");
    const container = await bench.run(image, { tmpfs, cmd });
    expect(await container.wait()).toBe(0);
  }, 60_000);

  it("logs requests to stdout and faults to stderr", async () => {
    const container = await bench.run(image, { tmpfs });
    await until(
      () => get(container, "http://127.0.0.1/"),
      (page) => page.includes("nginx"),
    );
    await get(container, "http://127.0.0.1/absent");
    const request = '"GET / HTTP/1.1" 200';
    const fault = '"/usr/share/nginx/html/absent" failed';
    const [stdout, stderr] = [await container.logs("stdout"), await container.logs("stderr")];
    expect([stdout.includes(request), stdout.includes(fault)]).toEqual([true, false]);
    expect([stderr.includes(request), stderr.includes(fault)]).toEqual([false, true]);
  }, 60_000);

  it("ends well by SIGQUIT, at once when nothing is in flight", async () => {
    const container = await bench.run(image, { tmpfs });
    await container.settle();
    const { exitCode } = await container.stop();
    expect(exitCode).toBe(0);
    expect(await container.logs()).toContain("signal 3 (SIGQUIT) received");
  }, 60_000);

  it("serves mounted sites and configuration directories, with media types", async () => {
    const site = readableDirectory("style.css", "body{}");
    const folder = readableDirectory("site.conf", "server { listen 80; root /usr/share/nginx/html; }");
    const binds = [`${site}:/usr/share/nginx/html:ro`, `${folder}:/etc/nginx/conf.d:ro`];
    const container = await bench.run(image, { tmpfs, binds });
    await container.settle();
    expect((await container.sh("wget -q -S -O - http://127.0.0.1/style.css 2>&1")).output).toContain("Content-Type: text/css");
  }, 60_000);

  it("starts before an upstream's name resolves, and finds it once it does", async () => {
    const folder = readableDirectory("nginx.conf", resolving);
    const network = await bench.network();
    const cmd = ["nginx", "-c", "/etc/docker-tiers/nginx.conf", "-g", "daemon off;"];
    const edge = await bench.run(image, { tmpfs, cmd, network, binds: [`${folder}:/etc/docker-tiers:ro`] });
    expect(await edge.settle()).toBe("healthy");
    expect(await get(edge, "http://127.0.0.1/")).toContain("502 Bad Gateway");
    const server = 'require("http").createServer((_, answer) => answer.end("hello from the shop")).listen(3000)';
    await bench.run(await bench.image(nodeRecipe), { cmd: ["node", "-e", server], network, alias: "shop" });
    const page = await until(
      () => get(edge, "http://127.0.0.1/"),
      (text) => text.includes("hello"),
    );
    expect(page).toBe("hello from the shop");
  }, 90_000);
});
