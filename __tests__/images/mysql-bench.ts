import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { PackageRecipe } from "../../images/recipe";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { Bench, type HardenedContainer, type RunOptions } from "./hardened-container";

/** Hard to quote in a shell, in SQL and in an option file. */
export const ROOT = `ro'o\\t"#x $HOME`;
export const PASSWORD = `p'\\"#%s;--`;
export const env = { MYSQL_ROOT_PASSWORD: ROOT, MYSQL_DATABASE: "shop_db", MYSQL_USER: "app", MYSQL_PASSWORD: PASSWORD };
const tmpfs = { "/run/mysqld": "uid=999,mode=0755", "/tmp": "size=16m" };

/** Containers of the mysql image, or of one with the same contract, for one test file. */
export class MySqlBench extends Bench {
  private readonly directory = mkdtempSync(join(tmpdir(), "docker-tiers-mysql-"));

  constructor(readonly recipe: PackageRecipe = mysqlRecipe) {
    super();
    chmodSync(this.directory, 0o755);
  }

  /** The image's name; it is made if need be. */
  mysql(): Promise<string> {
    return this.image(this.recipe);
  }

  async start(options: RunOptions = {}, volume?: string, recipe = this.recipe): Promise<HardenedContainer> {
    const data = `${volume ?? (await this.volume())}:/var/lib/mysql`;
    return this.run(await this.image(recipe), { env, ...options, tmpfs, binds: [data, ...(options.binds ?? [])] });
  }

  /** A directory of files that uid 999 can read. */
  files(contents: Readonly<Record<string, string | Buffer>>): string {
    const folder = mkdtempSync(join(this.directory, "mount-"));
    chmodSync(folder, 0o755);
    for (const [name, content] of Object.entries(contents)) {
      writeFileSync(join(folder, name), content);
      chmodSync(join(folder, name), 0o644);
    }
    return folder;
  }

  override async close(): Promise<void> {
    await super.close();
    rmSync(this.directory, { recursive: true });
  }
}

/** Runs SQL over TCP as the application, or as root; by the program that the image has for that. */
export async function query(container: HardenedContainer, sql: string, user = "app", password = PASSWORD): Promise<string> {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const client = "$(command -v mysql || command -v mariadb)";
  const { output } = await container.sh(`MYSQL_PWD=${quoted(password)} ${client} -h127.0.0.1 -u${user} -BN -e ${quoted(sql)} 2>&1`);
  return output;
}

export const errorOf = async (container: HardenedContainer): Promise<string> =>
  (await container.logs())
    .split("\n")
    .filter((line) => line.startsWith("[entrypoint] error: "))
    .join("\n");
