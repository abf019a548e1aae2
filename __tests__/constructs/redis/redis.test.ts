import { Redis, type RedisProps, Storage } from "../../../constructs";
import { container, inStack, resources, shopImage, synth, type TerraformJson } from "../synth";

const redis = (props: Partial<RedisProps> = {}): TerraformJson =>
  synth((stack) => new Redis(stack, "Cache", { image: shopImage(), memoryMiB: 64, ...props }));

const config = (json: TerraformJson): string => {
  const [upload] = container(json, "Cache/Config/Loader")["upload"] as { content: string }[];
  return upload?.content ?? "";
};

describe("Redis", () => {
  it("is a cache that writes nothing and evicts", () => {
    const json = redis();
    const { labels, ...rest } = container(json, "Cache/Resource");
    expect(labels).toContainEqual({ label: "docker-tiers.path", value: "dev/Cache/Resource" });
    expect(rest).toMatchInlineSnapshot(`
      {
        "capabilities": [
          {
            "drop": [
              "ALL",
            ],
          },
        ],
        "cpu_period": 100000,
        "cpu_quota": 100000,
        "cpu_shares": 1024,
        "depends_on": [
          "docker_container.Cache_Secret_Write_DA8D2CE4",
          "docker_container.Cache_Config_Loader_A9F575EF",
        ],
        "destroy_grace_seconds": 10,
        "entrypoint": [
          "sh",
          "-c",
          "umask 077; { cat /etc/docker-tiers/redis.conf; printf '\\nrequirepass %s\\n' "$(cat /run/secrets/redis/password)"; } > /run/redis/redis.conf; exec redis-server /run/redis/redis.conf",
        ],
        "env": [],
        "healthcheck": [
          {
            "interval": "2s",
            "retries": 5,
            "start_period": "30s",
            "test": [
              "CMD-SHELL",
              "printf 'AUTH %s\\nPING\\n' "$(cat /run/secrets/redis/password)" | redis-cli | grep -q PONG",
            ],
            "timeout": "3s",
          },
        ],
        "image": "\${docker_image.Image-shop-591cd6a0.image_id}",
        "init": true,
        "log_driver": "json-file",
        "log_opts": {
          "max-file": "3",
          "max-size": "10m",
          "mode": "blocking",
        },
        "memory": 64,
        "memory_swap": 64,
        "mounts": [
          {
            "read_only": true,
            "source": "\${docker_volume.Cache_Config_Volume_132B7CAA.name}",
            "target": "/etc/docker-tiers",
            "type": "volume",
          },
          {
            "read_only": true,
            "source": "\${docker_volume.Cache_Secret_Volume_CE7E3FEC.name}",
            "target": "/run/secrets/redis",
            "type": "volume",
          },
        ],
        "must_run": true,
        "name": "dev-cache",
        "networks_advanced": [
          {
            "aliases": [
              "dev-cache",
            ],
            "name": "\${docker_network.Cache_Network_D160C4D3.name}",
          },
        ],
        "pids_limit": 64,
        "ports": [],
        "read_only": true,
        "remove_volumes": false,
        "restart": "unless-stopped",
        "security_opts": [
          "no-new-privileges:true",
        ],
        "stop_signal": "SIGTERM",
        "stop_timeout": 10,
        "tmpfs": {
          "/data": "rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=999,gid=999",
          "/run/redis": "rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=999,gid=999",
          "/tmp": "rw,noexec,nosuid,nodev,size=1m,mode=1777",
        },
        "upload": [],
        "user": "999:999",
        "wait": true,
        "wait_timeout": 60,
      }
    `);
    expect(config(json)).toMatchInlineSnapshot(`
      "bind 0.0.0.0
      port 6379
      protected-mode no
      dir /data
      save ""
      maxmemory 48mb
      appendonly no
      maxmemory-policy allkeys-lru
      "
    `);
    expect(Object.keys(resources(json, "docker_volume"))).toEqual(["Cache/Config/Volume", "Cache/Secret/Volume"]);
  });

  it("is a store with a storage: an append-only file, and no eviction", () => {
    const json = redis({ storage: Storage.volume() });
    expect(config(json)).toContain("maxmemory 32mb\nappendonly yes\nappendfsync everysec\nmaxmemory-policy noeviction\n");
    expect(container(json, "Cache/Resource")["mounts"]).toContainEqual(expect.objectContaining({ target: "/data", read_only: false }));
    expect(container(json, "Cache/Resource")["tmpfs"]).not.toHaveProperty("/data");
  });

  it("takes the password from a file in memory: it is in no argument and no variable", () => {
    const { entrypoint, env } = container(redis(), "Cache/Resource");
    expect((entrypoint as string[])[2]).toMatch(/umask 077.*> \/run\/redis\/redis\.conf; exec redis-server \/run\/redis\/redis\.conf$/);
    expect(env).toEqual([]);
  });

  it("runs the programs of Valkey where that is asked for, on its own image", () => {
    const json = synth((stack) => new Redis(stack, "Cache", { engine: "valkey", memoryMiB: 64 }));
    const { entrypoint, healthcheck, image } = container(json, "Cache/Resource");
    expect((entrypoint as string[])[2]).toMatch(/exec valkey-server \/run\/redis\/redis\.conf$/);
    expect(JSON.stringify(healthcheck)).toContain("| valkey-cli | grep");
    expect(image).toContain("Image-valkey-");
    expect(config(json)).toBe(config(redis()));
  });

  it.each([15, 64.5, NaN])("fails for %p MiB", (memoryMiB) => {
    expect(() => inStack((stack) => new Redis(stack, "Cache", { image: shopImage(), memoryMiB }))).toThrow(
      new Error(`REDIS_MEMORY: memoryMiB must be a whole number of at least 16, got ${String(memoryMiB)}; use 64 (at dev/Cache)`),
    );
  });
});
