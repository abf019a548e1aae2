import { readdirSync } from "node:fs";
import { ContainerImage, Health, Service, type Resources } from "../../../constructs";
import type { Inside } from "../../e2e/inside";
import { withDeclared } from "../../provider/declared";

jest.setTimeout(180_000);

const STACK = "runtime-resources";

/** A disk of this host. */
const disk = (): string => `/dev/${readdirSync("/sys/block").find((name) => /^(vd|sd|nvme|xvd|zram|loop)/.test(name)) ?? "sda"}`;

const RESOURCES: Resources = {
  reservationMiB: 16,
  cpuShares: 512,
  cpuset: "0",
  blockIo: {
    devices: {
      [disk()]: { readBytesPerSecond: 1_048_576, writeBytesPerSecond: 2_097_152, readsPerSecond: 100, writesPerSecond: 200 },
    },
  },
  ulimits: { nofile: { soft: 100, hard: 200 }, core: 0 },
  sysctls: { "net.core.somaxconn": 77, "kernel.msgmax": 4096 },
  shmMiB: 8,
  oomScore: 300,
};

/** Files of the container's cgroup by both of the kernel's versions: what is told where. */
const CGROUP = {
  memory: ["memory/memory.limit_in_bytes", "memory.max"],
  swap: ["memory/memory.memsw.limit_in_bytes", "memory.swap.max"],
  reservation: ["memory/memory.soft_limit_in_bytes", "memory.low"],
  shares: ["cpu/cpu.shares", "cpu.weight"],
  quota: ["cpu/cpu.cfs_quota_us", "cpu.max"],
  cpus: ["cpuset/cpuset.cpus", "cpuset.cpus"],
  readBytes: ["blkio/blkio.throttle.read_bps_device", "io.max"],
  writeBytes: ["blkio/blkio.throttle.write_bps_device", "io.max"],
  reads: ["blkio/blkio.throttle.read_iops_device", "io.max"],
  writes: ["blkio/blkio.throttle.write_iops_device", "io.max"],
} as const;

async function cgroup(inside: Inside, what: keyof typeof CGROUP): Promise<string> {
  const [one, two] = CGROUP[what].map((file) => `/sys/fs/cgroup/${file}`);
  return (await inside.sh(`cat ${String(one)} 2>/dev/null || cat ${String(two)}`)).stdout.trim();
}

const told = async (inside: Inside): Promise<Record<string, string>> => {
  const names = Object.keys(CGROUP) as (keyof typeof CGROUP)[];
  const files = await Promise.all(names.map(async (name) => [name, await cgroup(inside, name)] as const));
  const { stdout } = await inside.sh(
    "cat /proc/1/oom_score_adj /proc/sys/net/core/somaxconn /proc/sys/kernel/msgmax; df -k /dev/shm | tail -1 | awk '{print $2}'; grep -E 'open files|core file' /proc/1/limits | tr -s ' '",
  );
  return { ...Object.fromEntries(files), rest: stdout };
};

it("resources hold inside the container, where a container without them has others", async () => {
  await withDeclared(
    STACK,
    (stack) => {
      const common = {
        image: ContainerImage.fromRegistry("probe:1"),
        memoryMiB: 32,
        cpus: 0.5,
        health: Health.command(["true"], { intervalSeconds: 1 }),
      };
      new Service(stack, "Bound", { ...common, resources: RESOURCES });
      new Service(stack, "Plain", common);
    },
    async (declared) => {
      const [bound, plain] = [await told(await declared.inside("bound")), await told(await declared.inside("plain"))];
      expect(bound["rest"]).toBe("300\n77\n4096\n8192\nMax core file size 0 0 bytes \nMax open files 100 200 files \n");
      expect(bound).toMatchObject({
        memory: "33554432",
        // With v1 memory and swap together, with v2 swap alone.
        swap: expect.stringMatching(/^(33554432|0)$/) as string,
        reservation: "16777216",
        cpus: "0",
        shares: expect.stringMatching(/^(512|20|59)$/) as string,
        quota: expect.stringMatching(/^50000( 100000)?$/) as string,
        readBytes: expect.stringMatching(/^\d+:\d+ (1048576$|.*rbps=1048576)/) as string,
        writeBytes: expect.stringMatching(/^\d+:\d+ (2097152$|.*wbps=2097152)/) as string,
        reads: expect.stringMatching(/^\d+:\d+ (100$|.*riops=100)/) as string,
        writes: expect.stringMatching(/^\d+:\d+ (200$|.*wiops=200)/) as string,
      });
      for (const name of ["reservation", "cpus", "readBytes", "writes", "rest"])
        expect([name, plain[name]]).not.toEqual([name, bound[name]]);
      const { exitCode, output } = await declared.project.check();
      expect([exitCode, output]).toEqual([0, expect.stringContaining("No changes")]);
    },
  );
});

it("a reservation, a quota and a set of CPUs change while the container runs", async () => {
  const service = (cpus: number, resources: Resources) => (stack: Parameters<Parameters<typeof withDeclared>[1]>[0]) =>
    new Service(stack, "Shop", {
      image: ContainerImage.fromRegistry("probe:1"),
      memoryMiB: 32,
      cpus,
      health: Health.command(["true"], { intervalSeconds: 1 }),
      resources,
    });
  await withDeclared(STACK, service(0.5, { reservationMiB: 8, cpuset: "0-1" }), async (declared) => {
    const before = await declared.docker.container(STACK, "shop");
    expect(await cgroup(await declared.inside("shop"), "quota")).toMatch(/^50000( 100000)?$/);
    declared.declare(service(0.25, { reservationMiB: 16, cpuset: "1" }));
    await declared.project.mustApply();
    const after = await declared.docker.container(STACK, "shop");
    expect([after.Id, after.State.Pid]).toEqual([before.Id, before.State.Pid]);
    const inside = await declared.inside("shop");
    expect([await cgroup(inside, "reservation"), await cgroup(inside, "cpus")]).toEqual(["16777216", "1"]);
    expect(await cgroup(inside, "quota")).toMatch(/^25000( 100000)?$/);
  });
});
