import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { program } from "./commands";
import { type Figure, seconds } from "./figure";
import { median, timeOf } from "./timing";

const CODE = "dist/examples/guestbook/server.js";
const ROUNDS = 3;

/** A change of the guestbook's code from the start of the apply until it serves; the environment must be up. What was sent is held by a test. */
export async function codeChangeFigure(environment: string): Promise<Figure> {
  const name = "code change, apply to healthy";
  process.stdout.write(`${name}\n`);
  const before = readFileSync(CODE, "utf8");
  try {
    const applies: number[] = [];
    while (applies.length < ROUNDS) applies.push(await applyCode(environment, `${before}\n// ${String(Date.now())}\n`));
    const all = applies.map((apply) => (apply / 1000).toFixed(2)).join(", ");
    return seconds(name, median(applies), 6, `new replicas are healthy and the old ones gone; median of ${all} s`);
  } finally {
    await applyCode(environment, before);
  }
}

async function applyCode(environment: string, code: string): Promise<number> {
  writeFileSync(CODE, code);
  await timeOf(program("."));
  return timeOf({ file: "terraform", args: ["apply", "-auto-approve", "-input=false"], cwd: join("cdktf.out/stacks", environment) });
}
