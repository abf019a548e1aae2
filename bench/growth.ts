import { type Figure, seconds } from "./figure";
import { TerraformDirectory } from "./terraform-directory";
import { median } from "./timing";

const ROUNDS = 5;
/** How many containers; the last is twice the middle one. */
const SIZES = [1, 30, 60] as const;

interface Measured {
  readonly plan: number;
  readonly megabytes: number;
}

/** Plans and memory of the provider with more and more containers. */
export async function growthFigures(image: string): Promise<Figure[]> {
  const directory = new TerraformDirectory("bench/fixtures/many", { TF_VAR_image: image });
  await directory.terraform("init");
  try {
    const measured: Measured[] = [];
    for (const size of SIZES) measured.push(await measure(directory, size));
    return figuresOf(measured);
  } finally {
    await directory.terraform("destroy", { TF_VAR_containers: "0" });
    directory.remove();
  }
}

async function measure(directory: TerraformDirectory, size: number): Promise<Measured> {
  process.stdout.write(`${size} containers `);
  const environment = { TF_VAR_containers: String(size) };
  const provider = await directory.startProvider();
  try {
    await directory.terraform("apply", { ...environment, ...provider.environment });
    await directory.terraform("plan", { ...environment, ...provider.environment });
    const plans: number[] = [];
    for (let round = 0; round < ROUNDS; round++) plans.push(await directory.terraform("plan", environment));
    process.stdout.write(`${median(plans).toFixed(0)} ms, ${provider.peakMegabytes().toFixed(0)} MB\n`);
    return { plan: median(plans), megabytes: provider.peakMegabytes() };
  } finally {
    await provider.stop();
  }
}

function figuresOf([one, half, all]: readonly Measured[]): Figure[] {
  if (one === undefined || half === undefined || all === undefined) throw new Error("three sizes must be measured, got fewer");
  const list = (values: readonly number[], unit: string): string => `${values.map((value) => value.toFixed(0)).join(", ")} ${unit}`;
  const detail = `${SIZES.join(", ")} containers`;
  const plans = [one.plan, half.plan, all.plan];
  const peaks = [one.megabytes, half.megabytes, all.megabytes];
  return [
    seconds("60 containers, plan without changes", all.plan, 2.5, `${detail}: ${list(plans, "ms")}`),
    {
      name: "60 containers, memory of the provider",
      measured: all.megabytes,
      limit: 120,
      unit: "MB",
      detail: `${detail}: ${list(peaks, "MB")}`,
    },
    {
      name: "growth of a plan, 60 : 30 containers, above 1 container",
      measured: (all.plan - one.plan) / (half.plan - one.plan),
      limit: 2.5,
      unit: "x",
      detail: "2 is linear",
    },
  ];
}
