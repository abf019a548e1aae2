import { type Figure, seconds } from "./figure";
import { TerraformDirectory } from "./terraform-directory";
import { median } from "./timing";

const ROUNDS = 7;
/** How many containers; the last is twice the middle one. */
const SIZES = [1, 30, 60] as const;

interface Measured {
  /** Milliseconds of a plan, one of each round. */
  readonly plans: number[];
  readonly megabytes: number;
}

/** Plans and memory of the provider with more and more containers. */
export async function growthFigures(image: string): Promise<Figure[]> {
  const directories = SIZES.map((size) => directoryOf(size, image));
  try {
    const measured: Measured[] = [];
    for (const directory of directories) measured.push({ plans: [], megabytes: await peakOf(directory) });
    // All sizes in each round: what else the machine does meets them alike.
    for (let round = 0; round < ROUNDS; round++)
      for (const [index, directory] of directories.entries()) measured[index]?.plans.push(await directory.terraform("plan"));
    return figuresOf(measured);
  } finally {
    for (const directory of directories) {
      // What an engine does not let go is told, and loses no figure.
      await directory.terraform("destroy").catch((error: unknown) => console.error(error));
      directory.remove();
    }
  }
}

function directoryOf(size: number, image: string): TerraformDirectory {
  return new TerraformDirectory("bench/fixtures/many", {
    TF_VAR_image: image,
    TF_VAR_containers: String(size),
    TF_VAR_name: `bench-many-${size}`,
  });
}

/** The most memory of one provider that creates the containers and plans them once. */
async function peakOf(directory: TerraformDirectory): Promise<number> {
  await directory.terraform("init");
  const provider = await directory.startProvider();
  try {
    await directory.terraform("apply", provider.environment);
    await directory.terraform("plan", provider.environment);
    return provider.peakMegabytes();
  } finally {
    await provider.stop();
  }
}

function figuresOf([one, half, all]: readonly Measured[]): Figure[] {
  if (one === undefined || half === undefined || all === undefined) throw new Error("three sizes must be measured, got fewer");
  const list = (values: readonly number[], unit: string): string => `${values.map((value) => value.toFixed(0)).join(", ")} ${unit}`;
  const detail = `${SIZES.join(", ")} containers`;
  const plans = [one, half, all].map((measured) => median(measured.plans));
  const peaks = [one.megabytes, half.megabytes, all.megabytes];
  return [
    seconds("60 containers, plan without changes", median(all.plans), 2.5, `${detail}: ${list(plans, "ms")}`),
    {
      name: "60 containers, memory of the provider",
      measured: all.megabytes,
      limit: 120,
      unit: "MB",
      detail: `${detail}: ${list(peaks, "MB")}`,
    },
    {
      name: "growth of a plan, 60 : 30 containers, above 1 container",
      measured: above(all, one) / above(half, one),
      limit: 2.5,
      unit: "x",
      detail: `2 is linear; medians of what a plan takes longer than that of 1 container in the same of ${ROUNDS} rounds`,
    },
  ];
}

/** Milliseconds that a plan takes longer than another of the same round. */
function above(more: Measured, less: Measured): number {
  return median(more.plans.map((plan, round) => plan - (less.plans[round] ?? 0)));
}
