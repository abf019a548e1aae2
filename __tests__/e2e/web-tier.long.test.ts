import { chmodSync, chownSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeRecipe } from "../../images/recipes/node";
import { opensslRecipe } from "../../images/recipes/openssl";
import { Bench, until } from "../images/hardened-container";
import { ask, handshake, shownName } from "../images/web-client";
import { output } from "./command";
import { Docker } from "./docker";
import { StoredProject } from "./stored-project";

const STACK = "e2e-web";
const PROGRAM = `import { mkdirSync, writeFileSync } from "node:fs";
import { App, TerraformStack } from "cdktf";
import { BridgeNetwork, ContainerImage, EmbeddedDockerProvider, Health, Secret, Service, StateBackend, Tls, WebTier } from "../../constructs";
import { nodeRecipe } from "../../images/recipes/node";

const app = new App();
const stack = new TerraformStack(app, "${STACK}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
StateBackend.local().bind(stack);
mkdirSync("site", { recursive: true });
writeFileSync("site/index.html", "<h1>hello</h1>");
const server = process.env["E2E_FRAGMENT"];
new WebTier(stack, "Web", {
  memoryMiB: Number(process.env["E2E_MEMORY"] ?? 32),
  site: "site",
  tls: Tls.fromSecret(Secret.fromStore("web-certificate"), Secret.fromStore("web-key")),
  publish: { port: 8443, address: process.env["E2E_ADDRESS"] ?? "127.0.0.77" },
  http: server === undefined ? {} : { fragments: { server } },
});
new WebTier(stack, "Own", {
  memoryMiB: 32,
  site: "site",
  tls: Tls.selfSigned(["shop.example", "127.0.0.79"]),
  publish: { port: 8443, address: "127.0.0.79" },
});
const edge = new BridgeNetwork(stack, "Edge");
const says = (id: string): Service =>
  new Service(stack, id, {
    image: ContainerImage.fromPackages(nodeRecipe),
    network: edge,
    port: 3000,
    memoryMiB: 64,
    environment: { TEXT: (id + " ").repeat(1000) },
    entrypoint: ["node", "-e", "require('node:http').createServer((_, answer) => answer.setHeader('Content-Type', 'text/plain').end(process.env.TEXT)).listen(3000)"],
    health: Health.http("/", { intervalSeconds: 1 }),
  });
new WebTier(stack, "Hosts", {
  memoryMiB: 32,
  routes: [
    { host: "shop.example", service: says("Shop") },
    { host: "chat.example", service: says("Chat") },
  ],
  tls: Tls.fromHostPath(process.env["E2E_CERTIFICATES"] ?? "", { profile: "modern" }),
  http: { gzip: "all" },
  publish: { port: 8443, redirectPort: 8080, address: "127.0.0.80" },
});
app.synth();
`;

const docker = new Docker();
const bench = new Bench();
const stored = new StoredProject(STACK, PROGRAM);
const { project } = stored;
const ADDRESS = "127.0.0.77";
const HOSTS = "127.0.0.80";
const certificates = mkdtempSync(join(tmpdir(), "docker-tiers-certificates-"));

beforeAll(async () => {
  await docker.purge(STACK);
  chmodSync(certificates, 0o755);
  await renew("host-first");
  project.variable("E2E_CERTIFICATES", certificates);
  stored.become("ada");
  await stored.secrets(["init", STACK]);
});
afterAll(async () => {
  await docker.purge(STACK);
  stored.remove();
  rmSync(certificates, { recursive: true, force: true });
  await bench.close();
});

/** A self-signed pair as texts. */
async function pair(commonName: string): Promise<{ certificate: string; key: string }> {
  const [key, certificate] = ["key.pem", "certificate.pem"].map((name) => join(project.directory, name)) as [string, string];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  await output("openssl", ["req", "-x509", ...kind, "-subj", `/CN=${commonName}`, "-keyout", key, "-out", certificate]);
  return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
}

/** Puts a new pair where the host has its certificates, as a deploy hook does: nginx's own, each file whole at once. */
async function renew(commonName: string): Promise<void> {
  const { certificate, key } = await pair(commonName);
  for (const [name, text] of [
    ["privkey.pem", key],
    ["fullchain.pem", certificate],
  ] as const) {
    const file = join(certificates, `.${name}`);
    writeFileSync(file, text, { mode: 0o400 });
    chownSync(file, 101, 101);
    renameSync(file, join(certificates, name));
  }
}

async function store(values: Partial<Record<"certificate" | "key", string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await stored.secrets(["set", `web-${name}`], value);
}

/** @returns what terraform said */
async function mustApply(): Promise<string> {
  const { code, stdout, stderr } = await stored.apply();
  if (code !== 0) throw new Error(`the apply must succeed, got ${stderr}`);
  return stdout;
}

const web = async (): Promise<string> => (await docker.container(STACK, `${STACK}-web`)).Id;
async function fingerprint(): Promise<string> {
  const socket = await handshake("127.0.0.79");
  const { fingerprint256, subjectaltname } = socket.getPeerCertificate();
  socket.destroy();
  expect(subjectaltname).toBe("DNS:shop.example, IP Address:127.0.0.79");
  return fingerprint256;
}
const page = (address = ADDRESS) => ask(`https://${address}:8443/`);

describe("a deployed web tier", () => {
  it("serves the certificate that is stored, and a new one without a new container", async () => {
    await store(await pair("first"));
    for (const recipe of [opensslRecipe, nodeRecipe]) await bench.image(recipe);
    await project.deploy(STACK);
    const own = await fingerprint();
    expect(await shownName(ADDRESS)).toBe("first");
    const before = await web();
    await store(await pair("second"));
    await mustApply();
    expect(
      await until(
        () => shownName(ADDRESS),
        (name) => name === "second",
        60_000,
      ),
    ).toBe("second");
    expect(await web()).toBe(before);
    expect(await fingerprint()).toBe(own);
  });

  it("answers by the name that is asked, compressed, with a host's certificate, and sends plain HTTP on", async () => {
    const asked = (name: string, url = `https://${HOSTS}:8443/`) =>
      ask(url, { servername: name, headers: { Host: name, "Accept-Encoding": "gzip" } });
    for (const [name, text] of [
      ["shop.example", "Shop "],
      ["chat.example", "Chat "],
    ] as const) {
      const { status, headers } = await asked(name);
      expect([status, headers["content-encoding"]]).toEqual([200, "gzip"]);
      const plain = await ask(`https://${HOSTS}:8443/`, { servername: name, headers: { Host: name } });
      expect([plain.headers["content-encoding"], plain.body]).toEqual([undefined, text.repeat(1000)]);
    }
    const { status, headers } = await asked("chat.example", `http://${HOSTS}:8080/a?b=c`);
    expect([status, headers.location]).toEqual([308, "https://chat.example:8443/a?b=c"]);
    await expect(asked("other.example")).rejects.toThrow(/unrecognized name/);
  });

  it("speaks TLS 1.3 alone with the modern profile", async () => {
    const only = (version: "TLSv1.2" | "TLSv1.3") => handshake(HOSTS, { minVersion: version, maxVersion: version });
    const socket = await only("TLSv1.3");
    expect([socket.getProtocol(), socket.getPeerCertificate().subject.CN]).toEqual(["TLSv1.3", "host-first"]);
    socket.destroy();
    await expect(only("TLSv1.2")).rejects.toThrow(/protocol version/);
  });

  it("shows what was renewed on the host, without a deploy", async () => {
    const { Id } = await docker.container(STACK, `${STACK}-hosts`);
    await renew("host-second");
    expect(
      await until(
        () => shownName(HOSTS),
        (name) => name === "host-second",
        60_000,
      ),
    ).toBe("host-second");
    expect((await docker.container(STACK, `${STACK}-hosts`)).Id).toBe(Id);
  });

  it("makes a certificate of its own where it is told to, and keeps it", async () => {
    expect(await shownName("127.0.0.79")).toBe("shop.example");
    const before = await fingerprint();
    await docker.run(["rm", "-f", ...(await docker.containers(STACK)).filter(({ Name }) => Name.includes("own")).map(({ Id }) => Id)]);
    await mustApply();
    expect(await fingerprint()).toBe(before);
  });

  it("fails the deploy of a certificate with another's key in nginx's own words, and goes on with the one before", async () => {
    const { certificate } = await pair("third");
    const before = await web();
    await store({ certificate });
    const { code, stderr, stdout } = await stored.apply();
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain("key values mismatch");
    expect(await shownName(ADDRESS)).toBe("second");
    await docker.run(["restart", before]);
    expect(
      await until(
        () => shownName(ADDRESS).catch(String),
        (name) => name === "second",
      ),
    ).toBe("second");
    await store(await pair("fourth"));
    await mustApply();
  });

  it("fails the deploy of a broken fragment before anything is replaced, also where the port changes as well", async () => {
    const before = await web();
    project.variable("E2E_FRAGMENT", "location /own {\n  return 204;\n}\nbogus on;\n");
    project.variable("E2E_ADDRESS", "127.0.0.78");
    const { code, stdout, stderr } = await stored.apply();
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`.replace(/\s+/g, " ")).toContain('unknown directive "bogus" in /etc/docker-tiers/server.conf:4');
    expect(await web()).toBe(before);
    expect((await page()).body).toBe("<h1>hello</h1>");
  });

  it("takes the mended fragment, within an update", async () => {
    const before = await web();
    project.variable("E2E_FRAGMENT", "location /own {\n  return 204;\n}\n");
    expect(await mustApply()).toMatch(/docker_container\.Web_[0-9A-F]{8}: Modifications complete/);
    expect(await web()).not.toBe(before);
    expect((await ask("https://127.0.0.78:8443/own")).status).toBe(204);
    expect((await page("127.0.0.78")).status).toBe(200);
    await expect(page()).rejects.toThrow("ECONNREFUSED");
    expect(await mustApply()).toContain("No changes.");
  });
});
