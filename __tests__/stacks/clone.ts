import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot, type ProviderSource } from "../../constructs";

export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export const PROVIDERS = ["embedded", "kreuzwerker"] as const;

/** Without the provider's sources, as in the published package, the bundle counts as it is. */
const LEFT_OUT = new Set(["__tests__", "bench", "cdktf.out", "coverage", "dist", "docs", "node_modules", "provider", "temp"]);
const BUILT = ["dist/provider", "dist/provider.json", "dist/examples"];

/** What main.ts needs: the rooms as they are, without settings and states of this clone. */
const parts = (): string[] => {
  const rooms = readdirSync(packageRoot()).filter((name) => !LEFT_OUT.has(name) && !/^\.|\.tfstate/.test(name));
  return [...rooms, ...BUILT];
};

/** A copy of the project in a folder of its own, to be removed by {@link Clone.remove}. */
export class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), "docker-tiers-clone-"));

  constructor() {
    for (const part of parts()) {
      const from = join(packageRoot(), part);
      if (!existsSync(from)) throw new Error(`${part} must be there, got nothing; run npm run build`);
      cpSync(from, join(this.folder, part), { recursive: true });
    }
    symlinkSync(join(packageRoot(), "node_modules"), join(this.folder, "node_modules"));
  }

  /** Runs main.ts with all environments on one provider, and nothing else of this process's settings. */
  synth(provider: ProviderSource): void {
    const settings = Object.fromEntries(ENVIRONMENTS.map((name) => [`${name.toUpperCase()}_PROVIDER`, provider]));
    const { PATH, HOME } = process.env;
    execFileSync("node", ["-r", "ts-node/register/transpile-only", "main.ts"], {
      cwd: this.folder,
      env: { PATH, HOME, ...settings },
      stdio: "pipe",
    });
  }

  /** Where Terraform runs for an environment. */
  directory(environment: string): string {
    return join(this.folder, "cdktf.out", "stacks", environment);
  }

  /** What was written for an environment, as text. */
  read(environment: string): string {
    return readFileSync(join(this.directory(environment), "cdk.tf.json"), "utf8");
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
