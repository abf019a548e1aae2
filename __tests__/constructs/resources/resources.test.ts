import { Health, Job, MySql, Redis, Service, WebTier, type Resources } from "../../../constructs";
import { container, label, shopImage, synth, without } from "../synth";

const shop = (resources: Resources, caps: { memoryMiB?: number; cpus?: number } = {}, provider: "embedded" | "kreuzwerker" = "embedded") =>
  container(
    synth((stack) => new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/"), resources, ...caps }), {
      provider,
    }),
    "Shop/Replica1",
  );

const PUBLIC: Resources = {
  reservationMiB: 32,
  cpuShares: 512,
  cpuset: "0-1,4",
  blockIo: { devices: { "/dev/sda": { readBytesPerSecond: 10_485_760, writesPerSecond: 100 }, "/dev/nvme0n1": { readsPerSecond: 50 } } },
  ulimits: { nofile: { soft: 1024, hard: 4096 }, core: 0 },
  sysctls: { "net.core.somaxconn": 1024, "kernel.shmmax": "67108864" },
  shmMiB: 16,
};

const RENDERED = {
  memory_reservation: 32,
  cpu_shares: 512,
  cpu_set: "0-1,4",
  device_read_bps: [{ path: "/dev/sda", rate: 10_485_760 }],
  device_read_iops: [{ path: "/dev/nvme0n1", rate: 50 }],
  device_write_iops: [{ path: "/dev/sda", rate: 100 }],
  ulimit: [
    { name: "nofile", soft: 1024, hard: 4096 },
    { name: "core", soft: 0, hard: 0 },
  ],
  sysctls: { "net.core.somaxconn": "1024", "kernel.shmmax": "67108864" },
  shm_size: 16,
};

describe("resources", () => {
  it("reach the container in the provider's names, on both providers", () => {
    expect(shop(PUBLIC)).toMatchObject(RENDERED);
    expect(shop(PUBLIC, {}, "kreuzwerker")).toMatchObject(RENDERED);
  });

  it("that the public provider lacks reach it by the embedded one", () => {
    expect(shop({ oomScore: 500, blockIo: { weight: 300 } })).toMatchObject({ oom_score_adj: 500, blkio_weight: 300 });
  });

  it("are those of every noun", () => {
    const resources = { oomScore: -100 };
    const json = synth((stack) => {
      new MySql(stack, "Database", { memoryMiB: 256, resources });
      new Redis(stack, "Cache", { memoryMiB: 16, resources });
      new WebTier(stack, "Web", { memoryMiB: 16, site: __dirname, resources });
      new Job(stack, "Migrate", { image: shopImage(), command: ["true"], resources });
    });
    for (const path of ["Database/Resource", "Cache/Resource", "Web/Resource", "Migrate/Resource"]) {
      expect([path, container(json, path)["oom_score_adj"]]).toEqual([path, -100]);
    }
  });

  it("that change in place keep name and hash, and those that do not give another container", () => {
    const same = (one: Resources, other: Resources) =>
      label(shop(one), "docker-tiers.config") === label(shop(other), "docker-tiers.config");
    expect(same({ reservationMiB: 8, cpuset: "0", cpuShares: 10 }, { reservationMiB: 16, cpuset: "1", cpuShares: 20 })).toBe(true);
    expect(same({ reservationMiB: 8 }, {})).toBe(false);
    expect(same({ shmMiB: 8 }, { shmMiB: 16 })).toBe(false);
    expect(same({}, { cpuShares: 100 })).toBe(true);
  });

  it("change nothing where they are empty", () => {
    expect(without(shop({}), "name")).toEqual(
      without(
        container(
          synth((stack) => new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/") })),
          "Shop/Replica1",
        ),
        "name",
      ),
    );
  });
});

it.each<readonly [Resources, string]>([
  [{ reservationMiB: 128 }, "RESERVATION: reservationMiB must be at most memoryMiB = 64, got 128; use 64"],
  [{ reservationMiB: 5 }, "RESERVATION: reservationMiB must be a whole number of at least 6, got 5; use 32"],
  [{ shmMiB: 65 }, "SHM: shmMiB must fit into memoryMiB = 64, since it counts against it, got 65; raise memoryMiB"],
  [{ shmMiB: 0 }, "SHM: shmMiB must be a whole number of at least 1, got 0; use 64"],
  [{ cpuShares: 1 }, "CPU_SHARES: cpuShares must be a whole number of 2 to 262144, got 1; use 1024"],
  [{ cpuset: "0" }, 'CPUSET: cpus must be at most the 1 of cpuset "0", got 2; lower cpus or name more'],
  [{ cpuset: "3-1" }, 'CPUSET: cpuset must be a list of CPUs, got "3-1"; use "0-2,4"'],
  [{ cpuset: "all" }, 'CPUSET: cpuset must be a list of CPUs, got "all"; use "0-2,4"'],
  [{ oomScore: 1001 }, "OOM_SCORE: oomScore must be a whole number of -999 to 1000, got 1001; use 0"],
  [
    { oomScore: -1000 },
    "OOM_SCORE: oomScore must be a whole number of -999 to 1000, since a process that is never killed hangs at its own cap, got -1000; use 0",
  ],
  [{ blockIo: { weight: 5 } }, "BLOCK_IO: weight must be a whole number of 10 to 1000, got 5; use 500"],
  [{ blockIo: { devices: { sda: { readsPerSecond: 1 } } } }, 'BLOCK_IO: device must be a path below /dev, got "sda"; use "/dev/sda"'],
  [{ blockIo: { devices: { "/dev/sda": {} } } }, "BLOCK_IO: /dev/sda must have a bound, got none; add writeBytesPerSecond: 10_485_760"],
  [
    { blockIo: { devices: { "/dev/sda": { readsPerSecond: 0 } } } },
    "BLOCK_IO: readsPerSecond of /dev/sda must be a whole number above 0, got 0; leave it out for no bound",
  ],
  [{ ulimits: { nofile: { soft: 5, hard: 4 } } }, "ULIMIT: soft of ulimit nofile must be at most hard, got 5 and 4; use 4 for both"],
  [{ ulimits: { nofile: -1 } }, "ULIMIT: ulimit nofile must be a whole number, got -1; use 1024"],
  [
    { sysctls: { "vm.swappiness": 0 } },
    'SYSCTL: sysctl must be one of a container\'s own namespaces (net.*, fs.mqueue.*, kernel.msg*, kernel.sem, kernel.shm*), got "vm.swappiness"; set it on the host',
  ],
  [{ sysctls: { "net.core.somaxconn": "" } }, 'SYSCTL: value of sysctl net.core.somaxconn must be given, got ""; leave it out'],
])("fails for %j", (resources, message) => {
  const make = () => shop(resources, { cpus: 2 });
  expect(make).toThrow(new Error(`${message} (at dev/Shop)`));
});

it("fails for a ulimit that there is not", () => {
  const ulimits = { files: 5 } as Resources["ulimits"];
  expect(() => shop({ ...(ulimits === undefined ? {} : { ulimits }) })).toThrow(
    'ULIMIT: ulimit must be one of core, cpu, data, fsize, locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending, stack, got "files"; use "nofile" (at dev/Shop)',
  );
});

it.each<readonly [Resources, string]>([
  [{ oomScore: 500 }, "resources.oomScore must be left out with the public provider, which has no oom_score_adj, got 500"],
  [{ blockIo: { weight: 300 } }, "resources.blockIo.weight must be left out with the public provider, which has no blkio_weight, got 300"],
])("fails for %j with the public provider", (resources, message) => {
  expect(() => shop(resources, {}, "kreuzwerker")).toThrow(`PUBLIC_PROVIDER: ${message}; use PROVIDER=embedded (at dev/Shop/Replica1)`);
});
