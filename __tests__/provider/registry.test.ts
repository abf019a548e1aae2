import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { parseChallenge } from "../../provider/registry/challenge";
import { Registry } from "../../provider/registry/registry";
import { redirected } from "../../provider/registry/registry-exchange";
import { isLoopback, registryImage } from "../../provider/registry/registry-address";
import type { RegistryAuth } from "../../provider/registry-auth";
import { stableVersions } from "../../provider/resources/registry-tags-data";
import { startFakeRegistry, type Asked, type FakeRegistry } from "./fake-registry";

const DIGEST = `sha256:${"a".repeat(64)}`;
const LOGIN: RegistryAuth = { username: "u", password: "p:w", serveraddress: "r" };
const BASIC = `Basic ${Buffer.from("u:p:w").toString("base64")}`;
const { signal } = new AbortController();

let fake: FakeRegistry;
afterEach(() => fake.close());

const registry = (options: { auth?: RegistryAuth; insecure?: boolean } = {}, tag = "1"): Registry =>
  new Registry(registryImage(`${fake.address}/shop/web:${tag}`), { signal, ...options });
const lines = (): readonly string[] => fake.asked.map(({ line }) => line);

function json(response: ServerResponse, status: number, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(value));
}

/** Wants a token; its token server gives "t-SCOPE". */
function withTokens({ line, authorization, body }: Asked, response: ServerResponse): void {
  const url = new URL(line.split(" ")[1] ?? "", `http://${fake.address}`);
  if (url.pathname === "/token") {
    const scope = url.searchParams.get("scope") ?? new URLSearchParams(body).get("scope") ?? "";
    json(response, 200, line.startsWith("POST") ? { access_token: `t-${scope}` } : { token: `t-${scope}` });
  } else if (authorization === "Bearer t-repository:shop/web:pull") {
    response.setHeader("docker-content-digest", DIGEST).end();
  } else {
    const challenge = `Bearer realm="http://${fake.address}/token",service="fake",scope="repository:shop/web:pull"`;
    json(response, 401, { errors: [{ code: "UNAUTHORIZED", message: "who are you" }] }, { "www-authenticate": challenge });
  }
}

describe("a registry that wants a token", () => {
  it("gets one that the credentials buy, once", async () => {
    fake = await startFakeRegistry(withTokens);
    const client = registry({ auth: LOGIN });
    await expect(client.digest("1")).resolves.toBe(DIGEST);
    await expect(client.digest("2")).resolves.toBe(DIGEST);
    expect(lines()).toEqual([
      "HEAD /v2/shop/web/manifests/1",
      "GET /token?service=fake&scope=repository%3Ashop%2Fweb%3Apull",
      "HEAD /v2/shop/web/manifests/1",
      "HEAD /v2/shop/web/manifests/2",
    ]);
    expect(fake.asked[1]?.authorization).toBe(BASIC);
  });

  it("gives one to anybody where there are no credentials", async () => {
    fake = await startFakeRegistry(withTokens);
    await expect(registry().digest("1")).resolves.toBe(DIGEST);
    expect(fake.asked[1]?.authorization).toBeUndefined();
  });

  it("trades the identity token of a credential helper", async () => {
    fake = await startFakeRegistry(withTokens);
    await expect(registry({ auth: { ...LOGIN, identityToken: "id" } }).digest("1")).resolves.toBe(DIGEST);
    expect(fake.asked[1]?.line).toBe("POST /token");
    expect(Object.fromEntries(new URLSearchParams(fake.asked[1]?.body))).toMatchObject({
      grant_type: "refresh_token",
      refresh_token: "id",
    });
  });

  it("fails with the registry's sentence when the token is not enough", async () => {
    fake = await startFakeRegistry((asked, response) =>
      withTokens(asked.line.startsWith("GET /token") ? asked : { ...asked, authorization: undefined }, response),
    );
    await expect(registry().manifest("1")).rejects.toMatchObject({ status: 401, message: "UNAUTHORIZED: who are you" });
  });
});

describe("a registry", () => {
  it("that asks for a password gets it only when it asks", async () => {
    fake = await startFakeRegistry(({ authorization }, response) => {
      if (authorization === BASIC) response.setHeader("docker-content-digest", DIGEST).end();
      else json(response, 401, {}, { "www-authenticate": 'Basic realm="x"' });
    });
    await expect(registry({ auth: LOGIN }).digest("1")).resolves.toBe(DIGEST);
    expect(fake.asked.map(({ authorization }) => authorization)).toEqual([undefined, BASIC]);
  });

  it("that does not tell the digest has it computed from the manifest", async () => {
    const manifest = JSON.stringify({ schemaVersion: 2 });
    fake = await startFakeRegistry(({ line }, response) => response.end(line.startsWith("GET") ? manifest : ""));
    await expect(registry().digest("1")).resolves.toBe(`sha256:${createHash("sha256").update(manifest).digest("hex")}`);
  });

  it("hands out tags page by page", async () => {
    fake = await startFakeRegistry(({ line }, response) =>
      line.includes("last=b")
        ? json(response, 200, { tags: ["c"] })
        : json(response, 200, { tags: ["a", "b"] }, { link: '</v2/shop/web/tags/list?last=b&n=2>; rel="next"' }),
    );
    await expect(registry().tags()).resolves.toEqual(["a", "b", "c"]);
  });

  it("may redirect, and the other host does not get the credentials", async () => {
    const other = await startFakeRegistry((_asked, response) => response.setHeader("docker-content-digest", DIGEST).end());
    fake = await startFakeRegistry(({ authorization }, response) => {
      if (authorization) response.writeHead(307, { location: `http://${other.address}/elsewhere` }).end();
      else response.writeHead(401, { "www-authenticate": "Basic" }).end();
    });
    await expect(registry({ auth: LOGIN }).digest("1")).resolves.toBe(DIGEST);
    expect(other.asked).toEqual([{ line: "HEAD /elsewhere", authorization: undefined, body: "" }]);
    await other.close();
  });

  it("on this machine may have a certificate that nobody knows", async () => {
    fake = await startFakeRegistry((_asked, response) => response.setHeader("docker-content-digest", DIGEST).end(), { tls: true });
    await expect(registry().digest("1")).resolves.toBe(DIGEST);
  });

  it("has nothing to remove where the manifest is gone", async () => {
    fake = await startFakeRegistry((_asked, response) => json(response, 404, { errors: [{ code: "MANIFEST_UNKNOWN" }] }));
    await expect(registry().remove(DIGEST)).resolves.toBeUndefined();
    expect(lines()).toEqual([`DELETE /v2/shop/web/manifests/${DIGEST}`]);
  });
});

describe("where a registry has an image", () => {
  beforeAll(async () => {
    fake = await startFakeRegistry(() => undefined);
  });

  it.each([
    ["nginx:1.30", { host: "registry-1.docker.io", registry: "docker.io", path: "library/nginx", tag: "1.30" }],
    ["bitnami/redis", { host: "registry-1.docker.io", registry: "docker.io", path: "bitnami/redis", tag: "latest" }],
    ["docker.io/library/nginx:1", { host: "registry-1.docker.io", registry: "docker.io", path: "library/nginx", tag: "1" }],
    [`ghcr.io/a/b@${DIGEST}`, { host: "ghcr.io", registry: "ghcr.io", path: "a/b", tag: DIGEST }],
  ])("%s", (name, place) => expect(registryImage(name)).toEqual(place));

  it("is this machine only for its own addresses", () => {
    expect(["localhost:5000", "127.0.0.1", "127.1.2.3:80", "[::1]:5000"].every(isLoopback)).toBe(true);
    expect(["localhost.example", "127.0.0.1.example", "10.0.0.1:5000", "registry.example"].some(isLoopback)).toBe(false);
  });
});

describe("what a registry says", () => {
  it("about credentials is read with quoted commas", () => {
    expect(parseChallenge('Bearer realm="https://a/t",service="s",scope="repository:a:pull,push"')).toEqual({
      scheme: "bearer",
      parameters: { realm: "https://a/t", service: "s", scope: "repository:a:pull,push" },
    });
    expect(parseChallenge("Basic")).toEqual({ scheme: "basic", parameters: {} });
    expect(parseChallenge(undefined)).toBeUndefined();
  });

  it("in several challenges is answered by the first", () => {
    expect(parseChallenge('Bearer realm="https://a/t",service="s", Basic realm="of people"')).toEqual({
      scheme: "bearer",
      parameters: { realm: "https://a/t", service: "s" },
    });
  });

  it.each([
    ["https://r.example/v2/", "https://r.example/v3/", true],
    ["http://r.example/v2/", "https://r.example/v2/", true],
    ["https://r.example/v2/", "http://r.example/v2/", false],
    ["https://r.example/v2/", "https://cdn.example/v2/", false],
    ["http://r.example:5000/v2/", "http://r.example:5001/v2/", false],
  ])("by a redirect from %s to %s keeps the credentials: %s", (from, to, kept) => {
    const request = { headers: { authorization: BASIC, accept: "*" }, signal };
    const { headers } = redirected(request, new URL(from), new URL(to));
    expect(headers).toEqual({ accept: "*", ...(kept ? { authorization: BASIC } : {}) });
  });

  it("about tags is sorted as versions, without what is not stable", () => {
    const tags = ["1.10.0", "1.9.0", "v1.0.0", "01.2.3", "2.0.0-rc.1", "1.9", "0.0.0", "1.10.0"];
    expect(stableVersions(tags)).toEqual(["0.0.0", "1.9.0", "1.10.0", "1.10.0"]);
  });
});
