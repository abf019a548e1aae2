import { resolve } from "node:path";
import { type Figure, seconds } from "./figure";
import { type Command, median, timeOf } from "./timing";

const RUNS = 15;
const FIXTURE = "bench/fixtures/fleet";
/** As a project has it: the link that npm makes, whose program finds itself. */
const TIERS = resolve("node_modules/.bin/tiers");

/** What a person waits for when `tiers` is asked: about a stack of 200 containers, and about itself. */
export async function fleetFigures(): Promise<Figure[]> {
  await timeOf({ file: "node", args: ["-r", resolve("script/register.cjs"), "main.ts"], cwd: FIXTURE });
  return [
    await waitFor("tiers check, 200 containers", { file: TIERS, args: ["check", "fleet"], cwd: FIXTURE }, 1.5),
    await waitFor("tiers --help", { file: TIERS, args: ["--help"] }, 0.35),
  ];
}

/** The fastest run, since what else a machine does only ever adds to one. */
async function waitFor(name: string, command: Command, limit: number): Promise<Figure> {
  process.stdout.write(`${name}\n`);
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await timeOf(command));
  return seconds(name, Math.min(...runs), limit, `fastest of ${RUNS}; median ${(median(runs) / 1000).toFixed(2)} s`);
}
