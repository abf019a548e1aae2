import { type Figure, ratio, seconds } from "./figure";
import { TerraformDirectory, type ReattachedProvider } from "./terraform-directory";
import { median, timeOf } from "./timing";

const ROUNDS = 5;
const FIXTURE = "bench/fixtures/peer";

type Step = "create" | "plan" | "reattached" | "destroy" | "up" | "upAgain" | "down";
type Times = Readonly<Record<Step, number[]>>;

export interface ShopImages {
  readonly nginx: string;
  readonly mysql: string;
  readonly redis: string;
}

/** The shop by terraform and by docker compose, in turn; medians. */
export async function shopFigures(images: ShopImages, compose: string): Promise<Figure[]> {
  process.stdout.write("shop by terraform and by compose ");
  const variables = Object.fromEntries(Object.entries(images).map(([name, image]) => [`TF_VAR_${name}`, image]));
  const directory = new TerraformDirectory(FIXTURE, variables);
  const times: Times = { create: [], plan: [], reattached: [], destroy: [], up: [], upAgain: [], down: [] };
  await directory.terraform("init");
  const provider = await directory.startProvider();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await byTerraform(directory, provider, times);
      await byCompose(compose, images, times);
      process.stdout.write(".");
    }
  } finally {
    await directory.terraform("destroy");
    await provider.stop();
    directory.remove();
    await timeOf(composeCommand(compose, images, "down", "--volumes"));
  }
  process.stdout.write("\n");
  return figuresOf(times);
}

async function byTerraform(directory: TerraformDirectory, provider: ReattachedProvider, times: Times): Promise<void> {
  times.create.push(await directory.terraform("apply"));
  times.plan.push(await directory.terraform("plan"));
  times.reattached.push(await directory.terraform("plan", provider.environment));
  times.destroy.push(await directory.terraform("destroy"));
}

async function byCompose(compose: string, images: ShopImages, times: Times): Promise<void> {
  const up = composeCommand(compose, images, "up", "--detach", "--wait");
  times.up.push(await timeOf(up));
  times.upAgain.push(await timeOf(up));
  times.down.push(await timeOf(composeCommand(compose, images, "down", "--volumes")));
}

function composeCommand(compose: string, { nginx, mysql, redis }: ShopImages, ...args: string[]): Parameters<typeof timeOf>[0] {
  const environment = { NGINX: nginx, MYSQL: mysql, REDIS: redis };
  return { file: compose, args: ["--file", `${FIXTURE}/compose.yaml`, ...args], environment };
}

function figuresOf(times: Times): Figure[] {
  const [again, down] = [median(times.upAgain) / 1000, median(times.down) / 1000].map((time) => time.toFixed(1));
  return [
    seconds("shop, plan without changes", median(times.plan), 1.2, `compose with nothing to do: ${again ?? ""} s`),
    seconds("shop, plan without changes, provider reattached", median(times.reattached), 0.5, "TF_REATTACH_PROVIDERS"),
    ratio("shop, create : compose up --wait", median(times.create), median(times.up), 1.1),
    seconds("shop, destroy", median(times.destroy), 3, `compose down --volumes: ${down ?? ""} s`),
  ];
}
