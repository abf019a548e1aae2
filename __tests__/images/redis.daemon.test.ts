import { findImage } from "../../images/image-store";
import { redisRecipe } from "../../images/recipes/redis";
import { Bench, until, type HardenedContainer } from "./hardened-container";

const bench = new Bench();
const tmpfs = { "/run/redis": "uid=999,mode=0700" };
let image: string;

beforeAll(async () => {
  image = await bench.image(redisRecipe);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const cli = async (container: HardenedContainer, command: string): Promise<string> =>
  (await container.sh(`redis-cli --no-auth-warning ${command}`)).output;

/** Waits for an answer, sooner than the health check sees it. */
const answering = (container: HardenedContainer): Promise<string> =>
  until(
    () => cli(container, "PING"),
    (text) => text === "PONG",
  );

/** As the constructs start it: the password comes from a file and goes to a file in memory. */
const withPassword = [
  "sh",
  "-c",
  'umask 077; { echo "appendonly yes"; printf "requirepass %s\\n" s3cret; } > /run/redis/redis.conf; exec redis-server /run/redis/redis.conf',
];

describe("the redis image", () => {
  it("is at most 25 MB", async () => {
    expect((await findImage(bench.engine, redisRecipe))?.size).toBeLessThanOrEqual(25_000_000);
  });

  it("answers as 999:999 with a read-only root, healthy, and keeps its data in /data", async () => {
    const container = await bench.run(image, { binds: [`${await bench.volume()}:/data`] });
    expect(await container.settle()).toBe("healthy");
    expect(await cli(container, "SET key value")).toBe("OK");
    expect(await cli(container, "CONFIG GET dir")).toBe("dir\n/data");
    expect((await container.sh("stat -c %u:%g /data; id -u; pwd")).output).toBe("999:999\n999\n/data");
    expect(await container.changes()).toEqual([]);
  }, 60_000);

  it("lets other containers in without a password, as the official image does", async () => {
    const network = await bench.network();
    const server = await bench.run(image, { network, alias: "cache", tmpfs: { "/data": "uid=999" } });
    await server.settle();
    const client = await bench.run(image, { network, cmd: ["redis-cli", "-h", "cache", "PING"] });
    expect(await client.wait()).toBe(0);
    expect(await client.logs()).toBe("PONG\n");
  }, 60_000);

  it("keeps the protected mode that a command asks for, and takes options alone", async () => {
    const container = await bench.run(image, { cmd: ["--protected-mode", "yes", "--port", "6379"], tmpfs: { "/data": "uid=999" } });
    await container.settle();
    expect(await cli(container, "CONFIG GET protected-mode")).toBe("protected-mode\nyes");
  }, 60_000);

  it("keeps the protected mode that a configuration file asks for", async () => {
    const script = 'echo "protected-mode yes" > /run/redis/redis.conf; exec docker-entrypoint.sh redis-server /run/redis/redis.conf';
    const container = await bench.run(image, { cmd: ["sh", "-c", script], tmpfs: { ...tmpfs, "/data": "uid=999" } });
    await container.settle();
    expect(await cli(container, "CONFIG GET protected-mode")).toBe("protected-mode\nyes");
  }, 60_000);

  it("is healthy with a password, refuses who has none, and shows it to nobody", async () => {
    const container = await bench.run(image, { cmd: withPassword, tmpfs, binds: [`${await bench.volume()}:/data`] });
    expect(await container.settle()).toBe("healthy");
    expect(await cli(container, "PING")).toBe("NOAUTH Authentication required.");
    expect(await cli(container, "-a s3cret PING")).toBe("PONG");
    expect((await container.sh("tr '\\0' ' ' </proc/1/cmdline")).output).not.toContain("s3cret");
  }, 60_000);

  it.each([
    ["saves its data", ["--save", "3600", "1"], "kept"],
    ["saves nothing where nothing is to be saved", ["--save", ""], ""],
  ])(
    "ends by SIGTERM with code 0 and %s, without an append-only file",
    async (_what, cmd, kept) => {
      const binds = [`${await bench.volume()}:/data`];
      const first = await bench.run(image, { cmd, binds });
      await answering(first);
      await cli(first, "SET key kept");
      expect((await first.stop()).exitCode).toBe(0);
      const second = await bench.run(image, { cmd, binds });
      await answering(second);
      expect(await cli(second, "GET key")).toBe(kept);
      expect(await cli(second, "CONFIG GET appendonly")).toBe("appendonly\nno");
    },
    60_000,
  );

  it("ends by SIGTERM and finds its data again", async () => {
    const volume = await bench.volume();
    const first = await bench.run(image, { cmd: withPassword, tmpfs, binds: [`${volume}:/data`] });
    await first.settle();
    await cli(first, "-a s3cret SET key kept");
    expect((await first.stop()).exitCode).toBe(0);
    const second = await bench.run(image, { cmd: withPassword, tmpfs, binds: [`${volume}:/data`] });
    await second.settle();
    const value = await until(
      () => cli(second, "-a s3cret GET key"),
      (text) => text === "kept",
    );
    expect(value).toBe("kept");
  }, 60_000);
});
