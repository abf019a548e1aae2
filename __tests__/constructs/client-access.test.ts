import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack } from "cdktf";
import { Health, MySql, PublicDockerProvider, Redis, Service } from "../../constructs";
import { address, container, inFolder, inStack, reachable, shopImage, synth, type TerraformJson } from "./synth";

const shop = (stack: TerraformStack, id = "Shop"): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, replicas: 2, health: Health.http("/") });

const database = (stack: TerraformStack): MySql => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256 });

const connected = (): TerraformJson =>
  synth((stack) => {
    const client = shop(stack);
    database(stack).allowFrom(client, { as: "DATABASE" });
    new Redis(stack, "Cache", { image: shopImage(), memoryMiB: 64 }).allowFrom(client, { as: "CACHE" });
  });

describe("allowFrom", () => {
  it("hands a client host, port, names and the file of the password, and a seat on the owner's network", () => {
    const replica = container(connected(), "Shop/Replica1");
    expect(replica["env"]).toEqual([
      "CACHE_HOST=dev-cache",
      "CACHE_PASSWORD_FILE=/run/secrets/cache/password",
      "CACHE_PORT=6379",
      "DATABASE_HOST=dev-database",
      "DATABASE_NAME=app",
      "DATABASE_PASSWORD_FILE=/run/secrets/database/password",
      "DATABASE_PORT=3306",
      "DATABASE_USER=app",
    ]);
    expect(replica["networks_advanced"]).toHaveLength(2);
  });

  it("adds to the client what one owner hands out", () => {
    const json = synth((stack) => database(stack).allowFrom(shop(stack), { as: "DATABASE" }));
    const { env, mounts, networks_advanced: networks } = container(json, "Shop/Replica1");
    expect({ env, mounts, networks }).toMatchInlineSnapshot(`
      {
        "env": [
          "DATABASE_HOST=dev-database",
          "DATABASE_NAME=app",
          "DATABASE_PASSWORD_FILE=/run/secrets/database/password",
          "DATABASE_PORT=3306",
          "DATABASE_USER=app",
        ],
        "mounts": [
          {
            "read_only": true,
            "source": "\${docker_volume.Database_Secret_Shop_Volume_82609B78.name}",
            "target": "/run/secrets/database",
            "type": "volume",
          },
        ],
        "networks": [
          {
            "aliases": [],
            "name": "\${docker_network.Database_Network_CA0E2183.name}",
          },
        ],
      }
    `);
  });

  it("leads from no replica to a stateful container, so that a rollout never touches one", () => {
    const json = connected();
    for (const path of ["Shop/Replica1", "Shop/Replica2"]) {
      const needed = reachable(json, address(json, "docker_container", path));
      expect(needed).not.toContain(address(json, "docker_container", "Database/Resource"));
      expect(needed).not.toContain(address(json, "docker_container", "Cache/Resource"));
      expect(needed).toContain(address(json, "docker_network", "Database/Network/Resource"));
    }
  });

  it("leads from no stateful container to its clients", () => {
    const json = connected();
    expect([...reachable(json, address(json, "docker_container", "Database/Resource"))].join()).not.toContain("Shop");
  });

  it("lets one client in under two names", () => {
    const json = synth((stack) => {
      const [client, server] = [shop(stack), database(stack)];
      server.allowFrom(client, { as: "DATABASE" });
      server.allowFrom(client, { as: "READ_ONLY" });
    });
    const mounts = container(json, "Shop/Replica1")["mounts"] as { target: string }[];
    expect(mounts.map(({ target }) => target)).toEqual(["/run/secrets/database", "/run/secrets/read-only"]);
  });

  it("reaches into another stack by names alone, so that each can be deployed and destroyed by itself", () => {
    inFolder((folder) => {
      const app = new App({ outdir: join(folder, "cdktf.out") });
      const [data, web] = ["data", "web"].map((id) => new TerraformStack(app, id));
      if (data === undefined || web === undefined) throw new Error("two stacks must be made");
      for (const stack of [data, web]) new PublicDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
      database(data).allowFrom(shop(web), { as: "DATABASE" });
      app.synth();
      const json = JSON.parse(readFileSync(join(folder, "cdktf.out", "stacks", "web", "cdk.tf.json"), "utf8")) as TerraformJson;
      expect(json).not.toHaveProperty("data");
      expect(container(json, "Shop/Replica1")).toMatchObject({
        mounts: [{ source: "data-database-secret-web-shop" }],
        networks_advanced: [{ name: expect.stringMatching(/^data-database-network-[0-9a-f]{8}$/) as unknown }],
      });
      expect(web.dependencies).toEqual([]);
    });
  });

  it.each(["database", "DATA-BASE", "1A", ""])("fails for the prefix %j", (as) => {
    expect(() => inStack((stack) => database(stack).allowFrom(shop(stack), { as }))).toThrow(
      new Error(`ALLOW_FROM_AS: as must be an upper-case variable name, got ${JSON.stringify(as)}; use "DATABASE" (at dev/Shop)`),
    );
  });
});
