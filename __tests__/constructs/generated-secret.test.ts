import { GeneratedSecret, Health, Service } from "../../constructs";
import {
  address,
  container,
  differences,
  inStack,
  plainJob,
  reachable,
  resource,
  resources,
  shopImage,
  synth,
  without,
  type TerraformJson,
} from "./synth";
import type { TerraformStack } from "cdktf";

const service = (stack: TerraformStack, id = "Shop"): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health: Health.http("/"), user: { uid: 1234, gid: 1235 } });

const secret = (stack: TerraformStack): GeneratedSecret =>
  new GeneratedSecret(stack, "Secret", { image: shopImage(), names: ["password", "root"], user: { uid: 999, gid: 998 } });

const granted = (): TerraformJson => synth((stack) => secret(stack).grantRead(service(stack), "password", "/run/secrets/db"));

describe("GeneratedSecret", () => {
  it("adds a volume and a job, and the same for a reader", () => {
    const json = granted();
    const added = ["Secret", "Secret/Shop"].map((path) => ({
      volume: without(resource(json, "docker_volume", `${path}/Volume`), "labels"),
      job: without(differences(container(json, `${path}/Write/Resource`), plainJob()), "labels", "entrypoint", "name"),
    }));
    expect(added).toMatchInlineSnapshot(`
      [
        {
          "job": {
            "capabilities": [
              {
                "add": [
                  "CAP_CHOWN",
                  "CAP_DAC_OVERRIDE",
                ],
                "drop": [
                  "ALL",
                ],
              },
            ],
            "command": [
              "owner",
              "999:998",
              "999:998",
              "password",
              "root",
            ],
            "mounts": [
              {
                "read_only": false,
                "source": "\${docker_volume.Secret_Volume_46DD3BD5.name}",
                "target": "/owner",
                "type": "volume",
              },
            ],
            "tmpfs": undefined,
            "user": "0:0",
          },
          "volume": {
            "name": "dev-secret",
          },
        },
        {
          "job": {
            "capabilities": [
              {
                "add": [
                  "CAP_CHOWN",
                  "CAP_DAC_OVERRIDE",
                ],
                "drop": [
                  "ALL",
                ],
              },
            ],
            "command": [
              "client",
              "999:998",
              "1234:1235",
              "password",
            ],
            "mounts": [
              {
                "read_only": false,
                "source": "\${docker_volume.Secret_Shop_Volume_842D0A5E.name}",
                "target": "/client",
                "type": "volume",
              },
              {
                "read_only": false,
                "source": "\${docker_volume.Secret_Volume_46DD3BD5.name}",
                "target": "/owner",
                "type": "volume",
              },
            ],
            "tmpfs": undefined,
            "user": "0:0",
          },
          "volume": {
            "name": "dev-secret-shop",
          },
        },
      ]
    `);
  });

  it("is written on the host by a job that can do nothing else", () => {
    const json = synth(secret);
    const { entrypoint, ...job } = container(json, "Secret/Write/Resource");
    expect(job).toMatchObject({
      command: ["owner", "999:998", "999:998", "password", "root"],
      user: "0:0",
      read_only: true,
      network_mode: "none",
      capabilities: [{ add: ["CAP_CHOWN", "CAP_DAC_OVERRIDE"], drop: ["ALL"] }],
    });
    expect(String((entrypoint as string[])[2])).toContain("/dev/urandom");
  });

  it("gives a reader a volume of its own with the one value, for its user", () => {
    const json = granted();
    expect(container(json, "Secret/Shop/Write/Resource")["command"]).toEqual(["client", "999:998", "1234:1235", "password"]);
    expect(Object.values(resources(json, "docker_volume")).map(({ name }) => name)).toEqual(["dev-secret-shop", "dev-secret"]);
    expect(container(json, "Shop/Replica1")["mounts"]).toEqual([
      {
        type: "volume",
        target: "/run/secrets/db",
        read_only: true,
        source: expect.stringContaining("docker_volume.Secret_Shop_Volume") as unknown,
      },
    ]);
  });

  it("starts a reader after its copy was written", () => {
    const json = granted();
    const needed = reachable(json, address(json, "docker_container", "Shop/Replica1"));
    expect(needed).toContain(address(json, "docker_container", "Secret/Shop/Write/Resource"));
  });

  it("keeps every volume like the data that the values open", () => {
    const labels = Object.values(resources(granted(), "docker_volume")).map(({ labels }) => labels);
    expect(labels).toEqual(labels.map(() => expect.arrayContaining([{ label: "docker-tiers.keep", value: "true" }]) as unknown));
  });

  it("mounts one copy at every place where the same client asks for it", () => {
    const json = synth((stack) => {
      const [values, shop] = [secret(stack), service(stack)];
      expect(values.grantRead(shop, "password", "/run/secrets/a")).toBe("/run/secrets/a/password");
      expect(values.grantRead(shop, "password", "/run/secrets/b")).toBe("/run/secrets/b/password");
    });
    const sources = (container(json, "Shop/Replica1")["mounts"] as { source: string }[]).map(({ source }) => source);
    expect(sources).toEqual([sources[0], sources[0]]);
    expect(Object.keys(resources(json, "docker_volume"))).toHaveLength(2);
  });

  it("makes a further value for one client, which the owner waits for and reads", () => {
    const json = synth((stack) => {
      const values = new GeneratedSecret(stack, "Secret", { image: shopImage(), names: [], user: { uid: 999, gid: 998 } });
      const [owner, shop] = [service(stack, "Owner"), service(stack)];
      values.mountInto(owner.workload, "/run/secrets/all");
      expect(values.grantNew(shop, "shop", "/run/secrets/db")).toBe("/run/secrets/db/shop");
    });
    expect(container(json, "Secret/Shop/Write/Resource")["command"]).toEqual(["client", "999:998", "1234:1235", "shop"]);
    expect(Object.keys(resources(json, "docker_container"))).not.toContain("Secret/Write/Resource");
    const needed = reachable(json, address(json, "docker_container", "Owner/Replica1"));
    expect(needed).toContain(address(json, "docker_container", "Secret/Shop/Write/Resource"));
  });

  it("fails for a value that it does not hold, and for a second one of a client", () => {
    expect(() => inStack((stack) => secret(stack).grantRead(service(stack), "token", "/t"))).toThrow(
      new Error('SECRET_NAME: name must be one of password, root, got "token" (at dev/Secret)'),
    );
    const twice = (stack: TerraformStack) => {
      const [values, shop] = [secret(stack), service(stack)];
      values.grantRead(shop, "password", "/a");
      values.grantRead(shop, "root", "/b");
    };
    expect(() => inStack(twice)).toThrow(
      new Error('SECRET_NAME: client must read one value, got "password" and "root"; leave one out (at dev/Shop)'),
    );
  });
});
