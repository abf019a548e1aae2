import { execFileSync } from "node:child_process";
import type { TerraformStack } from "cdktf";
import { BridgeNetwork, Health, MacvlanNetwork, NetworkMode, OverlayNetwork, type INetwork, type StaticAddress } from "../../../constructs";
import { imageName } from "../../../images/recipe";
import { redisRecipe } from "../../../images/recipes/redis";
import { DeclaredProject } from "../../provider/declared-project";
import { ip, SwarmNode } from "../../provider/swarm-node";
import { words } from "../../provider/swarm-project";
import { answers, answersBy, listens, pair, serve, service, wait } from "./pair";

jest.setTimeout(300_000);

/** A service for each family that answers on it alone, and one that finds it by its alias. */
function families(stack: TerraformStack, network: INetwork, address4: StaticAddress, address6: StaticAddress): void {
  service(stack, "Four", { network, address: address4, ...listens("0.0.0.0"), health: answers("127.0.0.1") });
  service(stack, "Six", { network, address: address6, ...listens("::"), health: answers("::1") });
  service(stack, "Named4", { network, ...wait, health: answersBy("a", "four") });
  service(stack, "Named6", { network, ...wait, health: answersBy("aaaa", "six") });
  service(stack, "Client4", { network, ...wait, health: answers(address4.address) });
  service(stack, "Client6", { network, ...wait, health: answers(address6.address) });
}

const fixed = (address: string): StaticAddress => ({ address, because: "it is tried" });

interface Network {
  readonly Name: string;
  readonly Driver: string;
  readonly Options: Readonly<Record<string, string>>;
}

interface Inspected {
  readonly HostConfig: Readonly<Record<"Dns" | "DnsSearch" | "DnsOptions", readonly string[]>>;
}

const NETWORK_NAMESPACE = "/proc/self/ns/net";
/** The kernel's number of a network namespace. */
const inode = (link: Buffer): string => /^net:\[(\d+)\]$/.exec(link.toString().trim())?.[1] ?? "none";

describe("networks on an engine", () => {
  const node = SwarmNode.single();
  let declared: DeclaredProject | undefined;

  beforeAll(async () => {
    const { namespace, host } = await node;
    ip("-n", namespace, "link", "add", "lan0", "type", "veth", "peer", "name", "lan1");
    for (const link of ["lan0", "lan1"]) ip("-n", namespace, "link", "set", link, "up");
    execFileSync("sh", ["-c", `docker save ${imageName(redisRecipe)} | docker -H ${host} load`]);
  });

  afterAll(async () => (await node).remove());

  afterEach(async () => {
    await declared?.close();
    declared = undefined;
  });

  /** Deploys, and says what a plan would change afterwards. */
  async function deploy(build: (stack: TerraformStack) => void): Promise<string> {
    declared ??= await DeclaredProject.on((await node).host);
    await declared.deploy(build);
    return (await declared.project.check()).output;
  }

  /** Id of the container that runs under a name of that start. */
  async function container(start: string): Promise<string> {
    const running = await (await node).engine.get<readonly { Id: string; Names: readonly string[] }[]>("/containers/json");
    return running.find(({ Names }) => Names.some((name) => name.startsWith(`/${start}`)))?.Id ?? "none";
  }

  const namespaceOf = async (start: string): Promise<string> =>
    inode(execFileSync("docker", ["-H", (await node).host, "exec", await container(start), "readlink", NETWORK_NAMESPACE]));

  const options = async (driver: string): Promise<Network["Options"] | undefined> =>
    (await (await node).engine.get<Network[]>("/networks")).find(({ Name, Driver }) => Driver === driver && Name.startsWith("dev-"))
      ?.Options;

  it("finds a service by its alias on an encrypted overlay, also one with a static address", async () => {
    const planned = await deploy((stack) => {
      const wide = new OverlayNetwork(stack, "Wide", { subnet: "10.121.0.0/24", ipRange: "10.121.0.128/25", vxlanId: 4242, mtu: 1300 });
      pair(stack, wide);
      const address = { address: "10.121.0.9", because: "it is tried" };
      service(stack, "Fixed", { network: wide, address, ...wait, health: answers("shop") });
    });
    expect(planned).toContain("No changes.");
    expect(await options("overlay")).toEqual({
      encrypted: "",
      "com.docker.network.driver.mtu": "1300",
      "com.docker.network.driver.overlay.vxlanid_list": "4242",
    });
  });

  it("finds a service by its alias on a macvlan, and refuses a successor in the range of a LAN that is taken", async () => {
    const lan = { parent: "lan0", subnet: "10.122.0.0/24", gateway: "10.122.0.1", ipRange: "10.122.0.128/25" };
    const build = (labels: Record<string, string>) => (stack: TerraformStack) =>
      pair(stack, new MacvlanNetwork(stack, "Lan", { ...lan, labels }));
    expect(await deploy(build({}))).toContain("No changes.");
    expect(await options("macvlan")).toEqual({ parent: "lan0", macvlan_mode: "bridge" });
    declared?.declare(build({ team: "web" }));
    expect(words((await declared?.project.apply())?.output ?? "")).toMatch(
      /subnet must not overlap .* got 10\.122\.0\.0\/24, which overlaps 10\.122\.0\.0\/24 of network dev-lan-\w{8}/,
    );
    expect(await deploy(build({}))).toContain("No changes.");
  });

  it("has both families on a bridge: of each a static address is reached, and an alias", async () => {
    const planned = await deploy((stack) => {
      const ipv6 = { subnet: "fd00:125::/64", ipRange: "fd00:125::1:0/112" };
      const network = new BridgeNetwork(stack, "Edge", { subnet: "10.125.0.0/24", ipRange: "10.125.0.128/25", ipv6 });
      families(stack, network, fixed("10.125.0.9"), fixed("fd00:125::9"));
    });
    expect(planned).toContain("No changes.");
  });

  it("has both families on a macvlan: of each a static address is reached, and an alias", async () => {
    const planned = await deploy((stack) => {
      const ipv6 = { subnet: "fd00:126::/64", gateway: "fd00:126::1", ipRange: "fd00:126::1:0/112" };
      const lan = { parent: "lan0", subnet: "10.126.0.0/24", gateway: "10.126.0.1", ipRange: "10.126.0.128/25" };
      families(stack, new MacvlanNetwork(stack, "Lan", { ...lan, ipv6 }), fixed("10.126.0.9"), fixed("fd00:126::9"));
    });
    expect(planned).toContain("No changes.");
  });

  it("resolves by the options of DNS", async () => {
    const lines = ["search example.org", "options ndots:2"].map((line) => `grep -q "^${line}" /etc/resolv.conf`);
    const hosts = ["host-gateway.example.org", "licence"].map((name) => `grep -q "${name}$" /etc/hosts`);
    const planned = await deploy((stack) => {
      const licence = { address: "192.0.2.7", because: "it is tried" };
      const dns = { servers: ["192.0.2.53"], search: ["example.org"], options: ["ndots:2"] };
      service(stack, "Shop", {
        network: new BridgeNetwork(stack, "Edge"),
        dns: { ...dns, extraHosts: { "host-gateway.example.org": "host-gateway", licence } },
        ...wait,
        health: Health.command(["sh", "-c", [...lines, ...hosts].join(" && ")], { intervalSeconds: 1 }),
      });
    });
    expect(planned).toContain("No changes.");
    const { HostConfig } = await (await node).engine.get<Inspected>(`/containers/${await container("dev-shop-")}/json`);
    expect([HostConfig.Dns, HostConfig.DnsSearch, HostConfig.DnsOptions]).toEqual([["192.0.2.53"], ["example.org"], ["ndots:2"]]);
  });

  it("listens on the host itself in the host's network, replaced in place, and on nothing but itself in none", async () => {
    const build = (level: string) => (stack: TerraformStack) => {
      service(stack, "Shop", { network: NetworkMode.host(), ...serve, environment: { LEVEL: level }, health: answers("127.0.0.1") });
      service(stack, "Guest", { network: NetworkMode.host(), ...wait, health: answers("127.0.0.1") });
      const alone = '[ "$(ls /sys/class/net)" = lo ]';
      service(stack, "Apart", {
        network: NetworkMode.none(),
        ...wait,
        health: Health.command(["sh", "-c", alone], { intervalSeconds: 1 }),
      });
    };
    expect(await deploy(build("info"))).toContain("No changes.");
    expect(await deploy(build("debug"))).toContain("No changes.");
    const host = inode(execFileSync("ip", ["netns", "exec", (await node).namespace, "readlink", NETWORK_NAMESPACE]));
    const [shop, guest, apart] = [await namespaceOf("dev-shop"), await namespaceOf("dev-guest"), await namespaceOf("dev-apart")];
    expect([shop, guest]).toEqual([host, host]);
    expect([host, inode(execFileSync("readlink", [NETWORK_NAMESPACE]))]).not.toContain(apart);
  });
});
