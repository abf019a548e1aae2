import { findImage } from "../../images/image-store";
import { packageRecipe } from "../../images/recipe-defaults";
import { Bench } from "./hardened-container";

const FPM = "[global]\nerror_log = /dev/stderr\n[www]\nlisten = 9000\npm = ondemand\npm.max_children = 4\n";

/** As in docs/images.md. */
const php = packageRecipe({
  packages: ["php8.4-fpm", "php8.4-common"],
  files: [{ path: "/etc/php/8.4/fpm/php-fpm.conf", content: FPM }],
  config: { cmd: ["php-fpm8.4", "-F"], exposedPorts: [9000] },
});

const bench = new Bench();
let image: string;

beforeAll(async () => {
  image = await bench.image(php);
}, 300_000);
afterAll(() => bench.close(), 60_000);

describe("an image of a user's own recipe", () => {
  it("holds the files of its packages, without documentation and what starts services on a host", async () => {
    const container = await bench.run(image, { cmd: ["sleep", "60"] });
    expect((await container.sh("ls /usr/lib/php/8.4/php.ini-production")).exitCode).toBe(0);
    expect((await container.sh("ls /usr/share/doc /usr/lib/systemd /etc/init.d 2>/dev/null")).output).toBe("");
    expect((await findImage(bench.engine, php))?.size).toBeLessThan(60_000_000);
  }, 60_000);

  it("runs its program as 1000:1000 on a read-only root, and ends by SIGTERM", async () => {
    const container = await bench.run(image);
    const isUp = "i=0; until nc -w 1 127.0.0.1 9000 </dev/null; do i=$((i+1)); [ $i -lt 100 ] || exit 1; sleep 0.2; done";
    expect((await container.sh(isUp)).exitCode).toBe(0);
    expect((await container.sh("id -u; id -g")).output).toBe("1000\n1000");
    expect((await container.sh("php-fpm8.4 -v")).output).toContain("PHP 8.4");
    expect(await container.changes()).toEqual([]);
    expect((await container.stop()).exitCode).toBe(0);
  }, 60_000);
});
