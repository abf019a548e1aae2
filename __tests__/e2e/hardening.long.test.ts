import { Engine } from "../../engine";
import { HardeningProject } from "./hardening-project";
import type { Inside } from "./inside";
import { poll } from "./poll";

const project = new HardeningProject();
const engine = new Engine();
let taken: Inside;

beforeAll(async () => {
  await project.deploy();
  taken = await project.inside("taken");
});

afterAll(async () => {
  await engine.close();
  await project.remove();
});

interface Stats {
  readonly cpu_stats: {
    readonly cpu_usage: { readonly total_usage: number };
    readonly throttling_data: { readonly throttled_periods: number };
  };
}

const stats = async (name: string): Promise<Stats> => {
  const { Id } = await project.facts(name);
  return engine.get<Stats>(`/containers/${Id}/stats`, { query: { stream: false, "one-shot": true } });
};

/** What tells whether a container was harmed: another process, or a start after the first. */
const life = async (name: string): Promise<unknown> => {
  const { Id, State } = await project.facts(name);
  return { Id, Pid: State.Pid, Running: State.Running };
};

describe("privileges", () => {
  it("are not gained by a set-uid program, which a container without no-new-privileges lends them to", async () => {
    const read = ["lent-cat", "/etc/of-root"];
    const loose = await project.loose("set-uid", "--cap-drop", "ALL");
    expect(await loose.exec(read)).toMatchObject({ code: 0, stdout: "of root\n" });
    expect(await taken.exec(read)).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("Permission denied") as string });
  });

  it("are not found in a user namespace of one's own, which a container without a seccomp filter makes", async () => {
    const loose = await project.loose("seccomp", "--cap-drop", "ALL", "--security-opt", "seccomp=unconfined");
    const unshare = ["busybox", "unshare", "-U", "true"];
    expect(await loose.exec(unshare)).toMatchObject({ code: 0 });
    expect(await taken.exec(unshare)).toMatchObject({ code: 1, stderr: "unshare: unshare(0x10000000): Operation not permitted\n" });
  });
});

describe("the root file system", () => {
  const ENGINES_OWN = ["/dev", "/dev/mqueue", "/dev/shm"];

  it("takes no file even from root, where an ordinary container takes files everywhere", async () => {
    const loose = await project.loose("writable");
    expect(await loose.writable("0:0")).toEqual(expect.arrayContaining(["/", "/etc", "/usr/bin", "/tmp"]));
    expect(await taken.writable("0:0")).toEqual([...ENGINES_OWN, "/tmp"]);
  });
});

describe("devices", () => {
  const HARMLESS = ["full", "null", "random", "tty", "urandom", "zero"].map((name) => `/dev/${name}`);
  const disks = (found: readonly string[]): string[] => found.filter((path) => !HARMLESS.includes(path) && !path.startsWith("/dev/pts/"));

  it("of the host are not there, where a container that was given one has it", async () => {
    const loose = await project.loose("device", "--device", "/dev/zero:/dev/given");
    expect(disks(await loose.devices())).toEqual(["/dev/given"]);
    expect(disks(await taken.devices())).toEqual([]);
  });

  it("are not made even by root, where a container with its capabilities makes them", async () => {
    const make = ["busybox", "mknod", "/tmp/disk", "b", "7", "0"];
    const loose = await project.loose("mknod");
    expect(await loose.exec(make, "0:0")).toMatchObject({ code: 0 });
    expect(await taken.exec(make, "0:0")).toMatchObject({ code: 1, stderr: "mknod: /tmp/disk: Operation not permitted\n" });
  });
});

describe("the kernel's files", () => {
  const setting = "/proc/sys/net/ipv4/ip_unprivileged_port_start";
  const write = `value=$(cat ${setting}) && echo $value > ${setting}`;
  const look = "cat /proc/keys /proc/timer_list /proc/kcore 2>/dev/null | head -c 10; ls -A /sys/firmware";

  it("are masked, where a container with all of them open shows them", async () => {
    const loose = await project.loose("open", "--security-opt", "systempaths=unconfined");
    expect((await loose.sh(look, "0:0")).stdout).not.toBe("");
    expect((await taken.sh(look, "0:0")).stdout).toBe("");
  });

  it("are not written even by root, where a container with all of them open writes them", async () => {
    const loose = await project.loose("sysctl", "--security-opt", "systempaths=unconfined");
    expect(await loose.sh(write, "0:0")).toMatchObject({ code: 0 });
    const { code, stderr } = await taken.sh(write, "0:0");
    expect(code).not.toBe(0);
    expect(stderr).toContain("Read-only file system");
  });
});

describe("a fork bomb", () => {
  /** Bounded, should nothing stop it: 150 processes of some seconds. */
  const BOMB = "i=0; while [ $i -lt 150 ]; do sleep 4 >/dev/null 2>&1 & i=$((i+1)); done; echo all of them run";

  it("ends at the cap of processes and harms no neighbour, where a container without a cap runs it all", async () => {
    const before = await life("neighbour");
    expect(await (await project.loose("forks")).sh(BOMB)).toMatchObject({ code: 0, stdout: "all of them run\n" });
    const { code, stdout, stderr } = await taken.sh(BOMB);
    expect([code === 0, stdout]).toEqual([false, ""]);
    expect(stderr).toContain("can't fork: Resource temporarily unavailable");
    expect(await (await project.inside("neighbour")).exec(["true"])).toMatchObject({ code: 0 });
    expect(await life("neighbour")).toEqual(before);
    await poll("the container takes programs again", 60, async () => ((await taken.exec(["true"])).code === 0 ? true : undefined));
  });
});

describe("a memory bomb", () => {
  /** Bounded, should nothing stop it: 160 MiB. */
  const BOMB = "const all = []; for (let i = 0; i < 160; i++) all.push(Buffer.alloc(1 << 20, 1)); console.log(all.length + ' MiB')";

  it("is killed by the kernel, alone, where a container without a cap gets it all", async () => {
    const before = [await life("neighbour"), await life("greedy")];
    expect(await (await project.loose("memory")).exec(["node", "-e", BOMB])).toMatchObject({ code: 0, stdout: "160 MiB\n" });
    expect(await (await project.inside("greedy")).exec(["node", "-e", BOMB])).toMatchObject({ code: 137, stdout: "" });
    expect([await life("neighbour"), await life("greedy")]).toEqual(before);
  });
});

describe("a CPU hog", () => {
  /** Bounded, should nobody end it: two loops of half a minute. */
  const HOG = "for i in 1 2; do timeout 30 sh -c 'while :; do :; done' >/dev/null 2>&1 & done";

  it("gets its share of one CPU and no more, where a container without a quota is never held up", async () => {
    const loose = await project.loose("hog");
    await loose.sh(HOG);
    const began = performance.now();
    const first = await stats("busy");
    await (await project.inside("busy")).sh(HOG);
    const last = await poll("the hog is held up", 60, async () => {
      const now = await stats("busy");
      return throttled(now) >= throttled(first) + 10 ? now : undefined;
    });
    const share = (used(last) - used(first)) / ((performance.now() - began) * 1e6);
    // A period's quota may have been left over when it began.
    expect(share).toBeLessThan(0.1 * 1.5);
    expect(used(await stats("loose-hog"))).toBeGreaterThan(0);
    expect(throttled(await stats("loose-hog"))).toBe(0);
  });

  const throttled = ({ cpu_stats: { throttling_data } }: Stats): number => throttling_data.throttled_periods;
  const used = ({ cpu_stats: { cpu_usage } }: Stats): number => cpu_usage.total_usage;
});
