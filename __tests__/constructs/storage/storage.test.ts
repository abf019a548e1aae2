import { MySql, Storage } from "../../../constructs";
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
  type SynthOptions,
  type TerraformJson,
} from "../synth";

const database = (storage: Storage, options: SynthOptions = {}): TerraformJson =>
  synth((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, storage }), options);

const dataMount = (json: TerraformJson) =>
  (container(json, "Database/Resource")["mounts"] as { target: string }[]).find(({ target }) => target === "/var/lib/mysql");

describe("Storage.volume", () => {
  it("adds a volume and a job", () => {
    const json = database(Storage.volume());
    const volume = without(resource(json, "docker_volume", "Database/Data/Resource"), "labels");
    const job = without(differences(container(json, "Database/Data/Prepare/Resource"), plainJob()), "labels", "entrypoint", "name");
    expect({ volume, job }).toMatchInlineSnapshot(`
      {
        "job": {
          "capabilities": [
            {
              "add": [
                "CAP_CHOWN",
                "CAP_FOWNER",
              ],
              "drop": [
                "ALL",
              ],
            },
          ],
          "command": [
            "/var/lib/mysql",
            "999:999",
          ],
          "mounts": [
            {
              "read_only": false,
              "source": "\${docker_volume.Database_Data_9193E0A1.name}",
              "target": "/var/lib/mysql",
              "type": "volume",
            },
          ],
          "user": "0:0",
        },
        "volume": {
          "name": "dev-database-data",
        },
      }
    `);
  });

  it("is a kept volume that a job gives to the server's user, before the server starts", () => {
    const json = database(Storage.volume());
    expect(dataMount(json)).toMatchObject({
      type: "volume",
      read_only: false,
      source: expect.stringContaining("docker_volume.Database_Data") as unknown,
      volume_options: [{ no_copy: true }],
    });
    expect(container(json, "Database/Data/Prepare/Resource")).toMatchObject({
      command: ["/var/lib/mysql", "999:999"],
      user: "0:0",
      capabilities: [{ add: ["CAP_CHOWN", "CAP_FOWNER"], drop: ["ALL"] }],
      network_mode: "none",
    });
    expect(reachable(json, address(json, "docker_container", "Database/Resource"))).toContain(
      address(json, "docker_container", "Database/Data/Prepare/Resource"),
    );
  });
});

describe("Storage.volume on the public provider", () => {
  it("has no options of its mount, which engines before Docker 26 would be refused", () => {
    const mount = dataMount(database(Storage.volume(), { provider: "kreuzwerker" }));
    expect(mount).toEqual({ type: "volume", source: "dev-database-data", target: "/var/lib/mysql", read_only: false });
  });
});

describe("a quota of Storage.volume", () => {
  it("is the size that the engine's driver keeps", () => {
    expect(resource(database(Storage.volume({ quotaMiB: 2048 })), "docker_volume", "Database/Data/Resource")).toMatchObject({
      name: "dev-database-data",
      driver_opts: { size: "2048m" },
    });
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 30 + 1])("fails for %p", (quotaMiB) => {
    expect(() => database(Storage.volume({ quotaMiB }))).toThrow(
      new Error(`STORAGE_QUOTA: quotaMiB must be a whole number of 1 to 1073741824, got ${String(quotaMiB)}; use 10240 (at dev/Database)`),
    );
  });

  it("fails on the public provider, where the volume is no resource", () => {
    expect(() => database(Storage.volume({ quotaMiB: 64 }), { provider: "kreuzwerker" })).toThrow(
      new Error(
        "STORAGE_QUOTA: quotaMiB must be left out with the public provider, which would delete the volume with its data, got 64; " +
          "use PROVIDER=embedded, or HostLayout (at dev/Database/Data/Resource)",
      ),
    );
  });
});

describe("Storage.hostDirectory", () => {
  it("is made by the job and must be there for the server: a missing disk starts no empty database", () => {
    const json = database(Storage.hostDirectory("/srv/data/mysql"));
    expect(dataMount(json)).toEqual({ type: "bind", source: "/srv/data/mysql", target: "/var/lib/mysql", read_only: false });
    expect(container(json, "Database/Data/Prepare/Resource")["volumes"]).toEqual([
      { host_path: "/srv/data/mysql", container_path: "/var/lib/mysql", read_only: false },
    ]);
    expect(container(json, "Database/Resource")).not.toHaveProperty("volumes");
    expect(Object.keys(resources(json, "docker_volume"))).not.toContain("Database/Data/Resource");
  });

  it("fails for a path of the system", () => {
    expect(() =>
      inStack((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 256, storage: Storage.hostDirectory("/etc") })),
    ).toThrow(new Error('HOST_PATH: host directory must not be a path of the system, got "/etc"; use "/srv/data/mysql" (at dev/Database)'));
  });
});

describe("Storage.tmpfs", () => {
  it("is memory of the server's user", () => {
    const json = database(Storage.tmpfs(64));
    expect(container(json, "Database/Resource")["tmpfs"]).toMatchObject({
      "/var/lib/mysql": "rw,noexec,nosuid,nodev,size=64m,mode=0750,uid=999,gid=999",
    });
    expect(dataMount(json)).toBeUndefined();
  });
});
