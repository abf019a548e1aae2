import { existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientEnvironment } from "../../provider/resources/client-environment";

let own: string;
const before = { ...process.env };
beforeEach(() => {
  own = mkdtempSync(join(tmpdir(), "docker-tiers-config-"));
  mkdirSync(join(own, "cli-plugins"));
  Object.assign(process.env, { DOCKER_CONFIG: own, DOCKER_CONTEXT: "elsewhere", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" });
});
afterEach(() => {
  rmSync(own, { recursive: true });
  process.env = { ...before };
});

it("leads a client to the host that it is given, whatever the user's shell says", async () => {
  const { variables, remove } = await clientEnvironment("unix:///engine.sock", {});
  expect(variables).toMatchObject({ DOCKER_HOST: "unix:///engine.sock", DOCKER_CONFIG: own });
  for (const name of ["DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"]) expect(variables).not.toHaveProperty(name);
  remove();
  expect(existsSync(own)).toBe(true);
});

it("adds logins to the user's configuration, in a folder that is gone afterwards", async () => {
  writeFileSync(
    join(own, "config.json"),
    JSON.stringify({ auths: { "old.example": {} }, credsStore: "desktop", proxies: { default: {} } }),
  );
  const logins = {
    "docker.io": { username: "ada", password: "hunter2" },
    "registry.example:5000": { auth: "YTpi" },
    "tokens.example": { identitytoken: "t" },
  };
  const { variables, remove } = await clientEnvironment("unix:///engine.sock", logins);
  const folder = variables["DOCKER_CONFIG"] ?? "";
  expect(JSON.parse(readFileSync(join(folder, "config.json"), "utf8"))).toEqual({
    auths: {
      "old.example": {},
      "https://index.docker.io/v1/": { auth: Buffer.from("ada:hunter2").toString("base64") },
      "registry.example:5000": { auth: "YTpi" },
      "tokens.example": { identitytoken: "t" },
    },
    credsStore: "desktop",
    credHelpers: { "https://index.docker.io/v1/": "", "registry.example:5000": "", "tokens.example": "" },
    proxies: { default: {} },
  });
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readlinkSync(join(folder, "cli-plugins"))).toBe(join(own, "cli-plugins"));
  expect(variables["BUILDX_CONFIG"]).toBe(join(own, "buildx"));
  remove();
  expect(existsSync(folder)).toBe(false);
});
