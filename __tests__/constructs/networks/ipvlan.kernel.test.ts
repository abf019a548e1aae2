import { execFileSync } from "node:child_process";
import type { TerraformStack } from "cdktf";
import { IpvlanNetwork, type IpvlanNetworkProps } from "../../../constructs";
import { imageName } from "../../../images/recipe";
import { redisRecipe } from "../../../images/recipes/redis";
import { DeclaredProject } from "../../provider/declared-project";
import { ip } from "../../provider/swarm-node";
import { words } from "../../provider/swarm-project";
import { HOST, testEngine } from "../../provider/test-engine";
import { answers, serve, service, wait } from "./pair";

interface Network {
  readonly Name: string;
  readonly Driver: string;
  readonly Options: Readonly<Record<string, string>>;
}

const LAN = { parent: "lan0", subnet: "10.123.0.0/24", ipRange: "10.123.0.128/25" };
const SHOP = "10.123.0.9";

/** A kernel that is a program is slow, and slower on a busy machine. */
const PATIENT = { intervalSeconds: 2, timeoutSeconds: 30, startPeriodSeconds: 90 };

jest.setTimeout(900_000);

/** A server with a static address, and a service that is healthy when it finds it by its alias. */
const shopOn =
  (props: Partial<IpvlanNetworkProps>) =>
  (stack: TerraformStack): void => {
    const network = new IpvlanNetwork(stack, "Lan", { ...LAN, ...props });
    service(stack, "Shop", {
      network,
      address: { address: SHOP, because: "it is tried" },
      ...serve,
      health: answers("127.0.0.1", PATIENT),
    });
    service(stack, "Client", { network, ...wait, health: answers("shop", PATIENT) });
  };

/** What the server says to a PING from a network namespace; what there is instead of an answer. */
function ping(...namespace: string[]): string {
  const program = `exec 3<>/dev/tcp/${SHOP}/6379 && echo PING >&3 && head -n 1 <&3`;
  try {
    return execFileSync("timeout", ["5", ...namespace, "bash", "-c", program], { encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return "nothing";
  }
}

const docker = (...args: string[]): string => execFileSync("docker", args, { encoding: "utf8", stdio: "pipe" });
const inTheLan = (...args: string[]): void => ip("-n", "lan", ...args);

describe("an ipvlan on an engine", () => {
  const engine = testEngine();
  let declared: DeclaredProject;

  /** The host with its interface, and a machine on the other end of the cable. */
  beforeAll(() => {
    ip("netns", "add", "lan");
    ip("link", "add", "lan0", "type", "veth", "peer", "name", "eth0", "netns", "lan");
    ip("address", "add", "10.124.0.2/24", "dev", "lan0");
    ip("link", "set", "lan0", "up");
    inTheLan("address", "add", "10.124.0.1/24", "dev", "eth0");
    inTheLan("link", "set", "eth0", "up");
  });

  beforeEach(async () => {
    declared = await DeclaredProject.on(HOST);
  });

  afterEach(() => declared.close());

  afterAll(() => {
    ip("link", "del", "lan0");
    ip("netns", "del", "lan");
  });

  const networks = async (): Promise<Network[]> => (await engine.get<Network[]>("/networks")).filter(({ Driver }) => Driver === "ipvlan");

  it.each([
    { mode: "l2", way: ["address", "10.123.0.1/24", "dev", "eth0"] },
    { mode: "l3", way: ["route", LAN.subnet, "via", "10.124.0.2"] },
    { mode: "l3s", way: ["route", LAN.subnet, "via", "10.124.0.2"] },
  ] as const)("in mode $mode a service is found by its alias and from the LAN, but not by the host", async ({ mode, way }) => {
    await declared.deploy(shopOn({ mode }));
    expect((await declared.project.check()).output).toContain("No changes.");
    expect((await networks()).map(({ Options }) => Options)).toEqual([{ parent: "lan0", ipvlan_mode: mode }]);
    const [kind, ...where] = way;
    inTheLan(kind, "add", ...where);
    ip("route", "add", LAN.subnet, "dev", "lan0");
    const answered = { lan: ping("ip", "netns", "exec", "lan"), host: ping() };
    inTheLan(kind, "del", ...where);
    ip("route", "del", LAN.subnet, "dev", "lan0");
    expect(answered).toEqual({ lan: "+PONG", host: "nothing" });
    expect((await declared.project.destroy()).exitCode).toBe(0);
    expect(await networks()).toEqual([]);
  });

  it.each([
    { driver: "ipvlan", refusal: /network di-\w{12} is already using parent interface lan0/ },
    { driver: "macvlan", refusal: /the engine must be able to start it, got: .*failed to create the ipvlan port: device or resource busy/ },
  ])("fails in the engine's words where a container of another $driver has the interface", async ({ driver, refusal }) => {
    const taken = ["--driver", driver, "--opt", "parent=lan0", "--subnet", "10.125.0.0/24", "taken"];
    docker("network", "create", ...taken);
    docker("run", "--detach", "--name", "other", "--network", "taken", imageName(redisRecipe));
    declared.declare(shopOn({}));
    const { exitCode, output } = await declared.project.apply();
    docker("rm", "--force", "other");
    docker("network", "rm", "taken");
    expect([exitCode, words(output)]).toEqual([1, expect.stringMatching(refusal)]);
  });
});
