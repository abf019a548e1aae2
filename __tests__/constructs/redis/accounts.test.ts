import type { TerraformStack } from "cdktf";
import { Health, Redis, Service, Storage, type RedisAccess, type RedisProps } from "../../../constructs";
import { aclRules } from "../../../constructs/redis/acl-rules";
import { address, container, differences, inStack, reachable, shopImage, synth, without } from "../synth";

const client = (stack: TerraformStack, id: string): Service =>
  new Service(stack, id, { image: shopImage(), memoryMiB: 64, health: Health.http("/") });

const letting =
  (...ways: readonly RedisAccess[]) =>
  (stack: TerraformStack): void => {
    const cache = new Redis(stack, "Cache", { image: shopImage(), memoryMiB: 64 });
    const shop = client(stack, "Shop");
    for (const way of ways) cache.allowFrom(shop, way);
  };

const OWN = letting({ as: "CACHE", keys: ["shop:*"], commands: ["@read", "@write"] });

describe("an account of a client's own", () => {
  it("is what the client is told, with the file of a password of its own", () => {
    expect(container(synth(OWN), "Shop/Replica1")["env"]).toEqual([
      "CACHE_HOST=dev-cache",
      "CACHE_PASSWORD_FILE=/run/secrets/cache/shop",
      "CACHE_PORT=6379",
      "CACHE_USER=shop",
    ]);
  });

  it("lies in a file that is written before the server starts, by a job without network", () => {
    const json = synth(OWN);
    const job = container(json, "Cache/AclWrite/Resource");
    expect(job).toMatchObject({ network_mode: "none", user: "0:0", lifecycle: { create_before_destroy: true } });
    expect(job["command"]).toEqual([
      "999:999",
      "shop",
      "resetkeys ~shop:* resetchannels -@all +@connection +@read +@write -@admin -@dangerous",
    ]);
    const needs = (from: string, to: string): boolean =>
      reachable(json, address(json, "docker_container", from)).has(address(json, "docker_container", to));
    expect(needs("Cache/Resource", "Cache/AclWrite/Resource")).toBe(true);
    expect(needs("Cache/AclLoad/Resource", "Cache/Resource")).toBe(true);
    expect(needs("Cache/AclWrite/Resource", "Cache/Account/Shop/Write/Resource")).toBe(true);
    expect(needs("Shop/Replica1", "Cache/Resource")).toBe(false);
  });

  it("changes the server by the first client alone", () => {
    const plain = container(synth(letting({ as: "CACHE" })), "Cache/Resource");
    const own = container(synth(OWN), "Cache/Resource");
    const more = container(synth(letting({ as: "CACHE", keys: ["other:*"] })), "Cache/Resource");
    expect(more).toEqual(own);
    const changed = without(differences(own, plain), "labels", "depends_on");
    expect(Object.keys(changed)).toEqual(["entrypoint", "mounts"]);
    expect((own["entrypoint"] as string[])[2]).toBe("exec redis-server /etc/docker-tiers/redis.conf --aclfile /acl/users.acl");
    expect(own["mounts"]).toContainEqual(expect.objectContaining({ target: "/acl", read_only: true }));
  });

  it.each<[RedisAccess, string]>([
    [{ as: "A", keys: ["a b"] }, 'REDIS_ACL: pattern must be visible ASCII characters, got "a b"; use "shop:*" (at dev/Shop)'],
    [
      { as: "A", keys: ["a\nuser x on"] },
      'REDIS_ACL: pattern must be visible ASCII characters, got "a\\nuser x on"; use "shop:*" (at dev/Shop)',
    ],
    [
      { as: "A", commands: ["get +@all"] },
      'REDIS_ACL: command must be a command or a kind of commands, got "get +@all"; use "@read" (at dev/Shop)',
    ],
    [
      { as: "A", commands: ["@everything"] },
      'REDIS_ACL: command must be a command or a kind of commands, got "@everything"; use "@read" (at dev/Shop)',
    ],
  ])("fails for %j", (access, message) => {
    expect(() => {
      inStack(letting(access));
    }).toThrow(new Error(message));
  });

  it("fails for two sets of rules of one client", () => {
    expect(() => {
      inStack(letting({ as: "A", keys: ["a"] }, { as: "B", keys: ["b"] }));
    }).toThrow(new Error("REDIS_ACL: client must have one set of keys and commands, got two; put them into one (at dev/Shop)"));
  });
});

describe("the rules of an account", () => {
  const rules = (grant: Parameters<typeof aclRules>[1]): string => inStack((stack) => aclRules(stack, grant));

  it("leave out what is dangerous unless it is named, and name it last", () => {
    expect(rules({})).toBe("resetkeys ~* resetchannels -@all +@connection +@all -@admin -@dangerous +info");
    expect(rules({ commands: ["@dangerous", "@read", "get"] })).toBe(
      "resetkeys ~* resetchannels -@all +@connection +@read -@admin -@dangerous +@dangerous +get",
    );
  });

  it("give no key to write where keys are for reading", () => {
    expect(rules({ readKeys: ["a:*"], channels: ["news"] })).toContain("resetkeys %R~a:* resetchannels &news -@all");
    expect(rules({ keys: [] })).toContain("resetkeys resetchannels");
  });
});

describe("what is kept", () => {
  const redis = (props: Partial<RedisProps>) => (stack: TerraformStack) =>
    new Redis(stack, "Cache", { image: shopImage(), memoryMiB: 64, ...props });
  const storage = Storage.volume();

  it.each<[Partial<RedisProps>, string]>([
    [
      { persistence: "rdb" },
      'REDIS_PERSISTENCE: persistence must have a storage, got "rdb" without; give storage: Storage.volume() (at dev/Cache)',
    ],
    [
      { storage, persistence: "none" },
      'REDIS_PERSISTENCE: persistence must write to the storage that is given, got "none"; leave storage out, or use "aof" (at dev/Cache)',
    ],
    [
      { eviction: "noeviction" },
      'REDIS_EVICTION: eviction must make room in a cache, got "noeviction", which refuses writes when it is full; use "allkeys-lru" (at dev/Cache)',
    ],
  ])("fails for %j", (props, message) => {
    expect(() => inStack(redis(props))).toThrow(new Error(message));
  });

  it("warns where keys that are kept go before their time, and only there", () => {
    const warnings = (props: Partial<RedisProps>) =>
      inStack((stack) => redis(props)(stack).node.metadata.map(({ data }) => data as string));
    expect(warnings({ storage, eviction: "volatile-ttl" })).toEqual([
      'REDIS_EVICTION: dev/Cache removes keys that it keeps on the disk: those that expire go before their time when memory is full ("volatile-ttl")',
    ]);
    expect(warnings({ storage, eviction: "allkeys-lfu" })).toEqual([]);
    expect(warnings({ eviction: "volatile-ttl" })).toEqual([]);
  });
});
