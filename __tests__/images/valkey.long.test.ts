import { findImage } from "../../images/image-store";
import { valkeyRecipe } from "../../images/recipes/valkey";
import { Bench, until, type HardenedContainer } from "./hardened-container";

const bench = new Bench();
let image: string;

beforeAll(async () => {
  image = await bench.image(valkeyRecipe);
}, 240_000);
afterAll(() => bench.close(), 60_000);

/** As the constructs start it: the password goes to a file in memory. */
const start = (volume: string): Promise<HardenedContainer> =>
  bench.run(image, {
    cmd: [
      "sh",
      "-c",
      'umask 077; { echo "appendonly yes"; printf "requirepass %s\\n" s3cret; } > /run/redis/valkey.conf; exec valkey-server /run/redis/valkey.conf',
    ],
    tmpfs: { "/run/redis": "uid=999,mode=0700" },
    binds: [`${volume}:/data`],
  });

const cli = async (container: HardenedContainer, command: string): Promise<string> =>
  (await container.sh(`valkey-cli --no-auth-warning ${command}`)).output;

describe("the valkey image", () => {
  it("is at most 25 MB, and answers as 999:999 with a read-only root", async () => {
    expect((await findImage(bench.engine, valkeyRecipe))?.size).toBeLessThanOrEqual(25_000_000);
    const container = await bench.run(image, { binds: [`${await bench.volume()}:/data`] });
    expect(await container.settle()).toBe("healthy");
    expect(await cli(container, "SET key value")).toBe("OK");
    expect((await container.sh("id -un; pwd")).output).toBe("valkey\n/data");
    expect(await container.changes()).toEqual([]);
  }, 90_000);

  it("refuses who has no password, ends by SIGTERM and finds its data again", async () => {
    const volume = await bench.volume();
    const first = await start(volume);
    expect(await first.settle()).toBe("healthy");
    expect(await cli(first, "PING")).toBe("NOAUTH Authentication required.");
    expect(await cli(first, "-a s3cret SET key kept")).toBe("OK");
    expect((await first.stop()).exitCode).toBe(0);
    const second = await start(volume);
    await second.settle();
    const value = await until(
      () => cli(second, "-a s3cret GET key"),
      (text) => text === "kept",
    );
    expect(value).toBe("kept");
  }, 90_000);
});
