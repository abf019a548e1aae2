import { readFileSync } from "node:fs";
import { join } from "node:path";
import { opensslRecipe } from "../../images/recipes/openssl";
import { Bench, until } from "../images/hardened-container";
import { ask, handshake, shownName } from "../images/web-client";
import { output } from "./command";
import { Docker } from "./docker";
import { StoredProject } from "./stored-project";

const STACK = "e2e-web";
const PROGRAM = `import { mkdirSync, writeFileSync } from "node:fs";
import { App, TerraformStack } from "cdktf";
import { EmbeddedDockerProvider, Secret, StateBackend, Tls, WebTier } from "../../constructs";

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
app.synth();
`;

const docker = new Docker();
const bench = new Bench();
const stored = new StoredProject(STACK, PROGRAM);
const { project } = stored;
const ADDRESS = "127.0.0.77";

beforeAll(async () => {
  await docker.purge(STACK);
  stored.become("ada");
  await stored.secrets(["init", STACK]);
});
afterAll(async () => {
  await docker.purge(STACK);
  stored.remove();
  await bench.close();
});

/** A self-signed pair as texts. */
async function pair(commonName: string): Promise<{ certificate: string; key: string }> {
  const [key, certificate] = ["key.pem", "certificate.pem"].map((name) => join(project.directory, name)) as [string, string];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  await output("openssl", ["req", "-x509", ...kind, "-subj", `/CN=${commonName}`, "-keyout", key, "-out", certificate]);
  return { certificate: readFileSync(certificate, "utf8"), key: readFileSync(key, "utf8") };
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
    await bench.image(opensslRecipe);
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
