import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Environment, Environments, formatFaults } from "../../config";
import { settingList } from "../../config/settings";
import { load, loadDev } from "./load";
import { withOtherValues } from "./other-values";

const byName = (environments: Environment[]) => Object.fromEntries(environments.map((environment) => [environment.name, environment]));

describe("Environments", () => {
  it("gives dev, staging and prod with their defaults where nothing is set", () => {
    const environments = load();

    expect(environments.map(({ name }) => name)).toEqual(["dev", "staging", "prod"]);
    expect(environments.flatMap(({ faults }) => faults)).toEqual([]);
    expect(environments[0]).toMatchInlineSnapshot(`
      Environment {
        "app": {
          "image": "build",
          "memoryMiB": 128,
        },
        "faults": [],
        "host": "unix:///var/run/docker.sock",
        "log": {
          "maxFiles": 3,
          "maxSizeMiB": 10,
        },
        "mysql": {
          "database": "guestbook",
          "image": "packages",
          "memoryMiB": 384,
          "storage": "volume",
        },
        "name": "dev",
        "policies": {
          "hostMemoryMiB": undefined,
          "profile": "dev",
          "severities": {},
        },
        "project": undefined,
        "provider": "embedded",
        "redis": {
          "image": "packages",
          "memoryMiB": 64,
        },
        "state": "local",
        "tlsCertPath": undefined,
        "web": {
          "memoryMiB": 64,
          "publish": {
            "address": "127.0.0.1",
            "port": 8080,
          },
          "replicas": 2,
        },
      }
    `);
  });

  it("publishes on loopback in every environment until told otherwise", () => {
    expect(load().map(({ web }) => web.publish)).toEqual([8080, 8081, 80].map((port) => ({ port, address: "127.0.0.1" })));
  });

  it("prefers the file to the default, and the prefixed process variable to the file", () => {
    const { web } = loadDev("WEB_PORT=9000\nWEB_REPLICAS=4\n", { DEV_WEB_PORT: "9001" });

    expect(web).toEqual({ publish: { port: 9001, address: "127.0.0.1" }, replicas: 4, memoryMiB: 64 });
  });

  it("reads every setting", () => {
    withOtherValues((values) => {
      expect(Object.keys(values).sort()).toEqual(settingList.map(({ key }) => key).sort());
      const text = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);

      expect(loadDev(text.join(""))).toEqual({
        name: "dev",
        project: "@team/other",
        host: "tcp://10.0.0.5:2376",
        tlsCertPath: values["TLS_CERT_PATH"],
        provider: "kreuzwerker",
        web: { publish: { port: 81, address: "::1" }, replicas: 5, memoryMiB: 65 },
        app: { image: "registry.example/shop:1.4.2", memoryMiB: 129 },
        mysql: { image: "mysql:8.4.11", memoryMiB: 385, database: "shop", storage: "/srv/data/mysql" },
        redis: { image: "redis:8.10.1-alpine", memoryMiB: 66 },
        log: { maxSizeMiB: 11, maxFiles: 4 },
        state: "gs://states/shop",
        policies: { profile: "dev", hostMemoryMiB: 256, severities: { "CIS-5.8": "off", "TIERS-HOST-MEMORY": "error" } },
        faults: [],
      });
    });
  });

  it("takes no notice of variables without the prefix", () => {
    const env = { WEB_PORT: "1", HOST: "ssh://elsewhere", DOCKER_HOST: "tcp://elsewhere:2375", DOCKER_TLS_CERT_PATH: "/x" };

    expect(load({}, { env })).toEqual(load());
  });

  it("takes no notice of unknown process variables, even with the prefix", () => {
    expect(loadDev("", { DEV_SOMETHING: "1", DEV_: "2" }).faults).toEqual([]);
  });

  it("takes an empty value as not set, in a variable and in the file", () => {
    expect(loadDev("WEB_PORT=9000\nWEB_REPLICAS=\nAPP_IMAGE=''\n", { DEV_WEB_PORT: "" })).toMatchObject({
      web: { publish: { port: 9000 }, replicas: 2 },
      app: { image: "build" },
      faults: [],
    });
  });

  it("gives other names the defaults of dev, or of the environment they are like", () => {
    const names = ["qa", { name: "prod-eu", like: "prod" }, { name: "dev" }] as const;
    const environments = byName(load({ ".env.prod-eu": "WEB_REPLICAS=7" }, { names, env: { PROD_EU_WEB_MEMORY_MIB: "99" } }));

    expect(environments["qa"]?.web).toEqual({ publish: { port: 8080, address: "127.0.0.1" }, replicas: 2, memoryMiB: 64 });
    expect(environments["prod-eu"]?.web).toEqual({ publish: { port: 80, address: "127.0.0.1" }, replicas: 7, memoryMiB: 99 });
    expect(environments["prod-eu"]?.faults).toEqual([]);
  });

  it.each([
    ["Prod", 'got "Prod"'],
    ["", 'got ""'],
    ["a_b", 'got "a_b"'],
    ["../dev", 'got "../dev"'],
    ["a".repeat(32), `got "${"a".repeat(32)}"`],
  ])("fails for the name %j", (name, got) => {
    expect(() => load({}, { names: [name] })).toThrow(
      new Error(`ENVIRONMENT_NAME: environment name must be 1 to 31 lower-case letters, digits and -, beginning with a letter, ${got}`),
    );
  });

  it("fails for the name docker, whose variables are those of Docker's own client", () => {
    expect(() => load({}, { names: ["docker"] })).toThrow(
      new Error(
        'ENVIRONMENT_NAME: environment name must not be "docker", got "docker"; ' +
          "DOCKER_HOST would be its setting and is that of Docker's own client; choose another name",
      ),
    );
  });

  it("fails for a name given twice", () => {
    expect(() => load({}, { names: ["dev", { name: "dev", like: "prod" }] })).toThrow(
      new Error('ENVIRONMENT_TWICE: environment names must differ, got "dev" twice; leave one out'),
    );
  });

  it("carries the faults of each environment in that environment alone, with defaults in place of what is faulty", () => {
    const { dev, staging, prod } = byName(
      load({ ".env.prod": "WEB_PORT=70000\nWEBPORT=80\n" }, { env: { STAGING_PROVIDER: "Embedded", PROD_WEB_REPLICAS: "0" } }),
    );

    expect(dev?.faults).toEqual([]);
    expect(formatFaults("staging", staging?.faults ?? [])).toBe(
      "SETTINGS: staging has 1 fault; nothing is applied\n" +
        '  PROVIDER must be embedded or kreuzwerker, got "Embedded"; write embedded (variable STAGING_PROVIDER)',
    );
    expect(formatFaults("prod", prod?.faults ?? [])).toBe(
      "SETTINGS: prod has 3 faults; nothing is applied\n" +
        '  WEBPORT must be a known setting, got "80"; did you mean WEB_PORT? (file .env.prod line 2)\n' +
        '  WEB_PORT must be a whole number from 1 to 65535, got "70000" (file .env.prod line 1)\n' +
        '  WEB_REPLICAS must be a whole number from 1 to 100, got "0" (variable PROD_WEB_REPLICAS)',
    );
    expect(prod?.web).toEqual({ publish: { port: 80, address: "127.0.0.1" }, replicas: 3, memoryMiB: 128 });
  });

  it("judges only the value that counts", () => {
    expect(loadDev("WEB_PORT=no", { DEV_WEB_PORT: "9000" })).toMatchObject({ web: { publish: { port: 9000 } }, faults: [] });
  });

  it("fails as a fault for a file that is not UTF-8", () => {
    const [dev] = load({ ".env.dev": Buffer.from("\ufeffWEB_PORT=1", "utf16le") }, { names: ["dev"] });

    expect(formatFaults("dev", dev?.faults ?? [])).toBe(
      "SETTINGS: dev has 1 fault; nothing is applied\n" +
        '  .env.dev must be a readable file of UTF-8 text, got "ERR_ENCODING_INVALID_ENCODED_DATA" (file .env.dev)',
    );
  });

  it("fails as a fault for a file that cannot be read", () => {
    const directory = mkdtempSync(join(tmpdir(), "docker-tiers-config-"));
    try {
      mkdirSync(join(directory, ".env.dev"));
      const [dev] = Environments.load({ directory, env: {}, names: ["dev"] });

      expect(dev?.faults).toEqual([
        { key: ".env.dev", value: "EISDIR", accepted: "a readable file of UTF-8 text", where: "file .env.dev" },
      ]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("reads the working directory and this process's variables by default", () => {
    expect(Environments.load().map(({ name }) => name)).toEqual(["dev", "staging", "prod"]);
  });
});
