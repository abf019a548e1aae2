import { resolve } from "node:path";
import { type Figure, ratioOfFastest, seconds } from "./figure";
import { type Command, inTurn, timeOf } from "./timing";

const SYNTH_RUNS = 15;
const CLI_RUNS = 7;
const NETWORK = "bench/fixtures/network";
const EMPTY = "bench/fixtures/empty";
const SERVICES = "bench/fixtures/services";
const [FEW, MANY] = [30, 300];

/** Both programs start in the way of `cdktf.json`. */
const REGISTER = resolve("script/register.cjs");

export const program = (cwd: string): Command => ({ file: "node", args: ["-r", REGISTER, "main.ts"], cwd });

const cdktf = (cwd: string, ...args: string[]): Command => ({ file: "npx", args: ["cdktf", ...args], cwd });

async function compare(name: string, ours: Command, bare: Command, runs: number, limit: number): Promise<Figure> {
  process.stdout.write(`${name} `);
  const [mine, theirs] = await inTurn(
    () => timeOf(ours),
    () => timeOf(bare),
    runs,
  );
  return ratioOfFastest(name, mine, theirs, limit);
}

/** The whole program against an app of one network, both transpile-only. */
export const synthFigure = (): Promise<Figure> =>
  compare("program, 3 environments : one network", program("."), program(NETWORK), SYNTH_RUNS, 2.2);

/** Ten times the services: what is allowed beside the start of the program is the time of 30, and a little more. */
export async function servicesFigure(): Promise<Figure> {
  const name = `program, ${String(MANY)} services`;
  process.stdout.write(`${name} `);
  const services = (count: number): Command => ({ ...program(SERVICES), environment: { SERVICES: String(count) } });
  const [many, few] = await inTurn(
    () => timeOf(services(MANY)),
    () => timeOf(services(FEW)),
    SYNTH_RUNS,
  );
  const base = Math.min(...few);
  const detail = `1.6 x that of ${String(FEW)} services, ${base.toFixed(0)} ms, and 1 s; fastest of ${String(SYNTH_RUNS)}`;
  return seconds(name, Math.min(...many), (1.6 * base) / 1000 + 1, `the limit is ${detail}`);
}

/** A deploy and a diff without changes against the same on a stack without any provider. The environment must be up. */
export async function planFigures(environment: string): Promise<Figure[]> {
  const deploy = (cwd: string, stack: string): Command => cdktf(cwd, "deploy", stack, "--auto-approve");
  await timeOf(deploy(".", environment));
  await timeOf(deploy(EMPTY, "bare"));
  return [
    await compare("second deploy : stack without provider", deploy(".", environment), deploy(EMPTY, "bare"), CLI_RUNS, 1.35),
    await compare("diff : stack without provider", cdktf(".", "diff", environment), cdktf(EMPTY, "diff", "bare"), CLI_RUNS, 1.35),
  ];
}

/** The README's command on a machine that has everything; one run. */
export async function deployFigure(environment: string): Promise<Figure> {
  const name = `script/deploy ${environment} on a prepared machine`;
  process.stdout.write(`${name}\n`);
  const seconds = (await timeOf({ file: "script/deploy", args: [environment] })) / 1000;
  return { name, measured: seconds, limit: 40, unit: "s", detail: "one run" };
}
