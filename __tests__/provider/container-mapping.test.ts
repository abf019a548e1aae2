import type { ContainerInspect, ProcessConfig } from "../../provider/resources/container-api";
import { containerState, imageForm } from "../../provider/resources/container-from-engine";
import { createBody, limits } from "../../provider/resources/container-to-engine";
import { blocks, type ObjectValue } from "../../provider/value";

const MIB = 2 ** 20;
const ID = "0123456789ab".padEnd(64, "0");

/** A container of the engine that runs what was asked for. */
function made(planned: ObjectValue, change: { Config?: ProcessConfig; State?: object; Networks?: object } = {}): ContainerInspect {
  const { HostConfig, NetworkingConfig, ...config } = createBody(planned, "sha256:image");
  const state = {
    Status: "running",
    Running: true,
    Paused: false,
    Restarting: false,
    OOMKilled: false,
    ExitCode: 0,
    Error: "",
    StartedAt: "",
    FinishedAt: "",
  };
  return {
    Id: ID,
    Name: "/c",
    Created: "",
    Image: "sha256:image",
    Platform: "linux",
    RestartCount: 0,
    HostConfig,
    State: { ...state, ...change.State },
    Config: { ...config, ...change.Config },
    NetworkSettings: { Networks: { ...NetworkingConfig.EndpointsConfig, ...change.Networks } },
  };
}

const PLANNED: ObjectValue = {
  name: "c",
  image: "probe:1",
  env: ["B=2", "A=1"],
  command: ["sleep", "9"],
  user: "1000",
  working_dir: "/tmp",
  read_only: true,
  init: true,
  memory: 64,
  memory_swap: 64,
  pids_limit: 50,
  blkio_weight: 300,
  oom_score_adj: 500,
  uts_mode: "host",
  cpu_shares: 512,
  cpu_period: 100000,
  cpu_quota: 50000,
  cpu_set: "0",
  restart: "on-failure",
  max_retry_count: 5,
  tmpfs: { "/run": "size=1m" },
  security_opts: ["no-new-privileges:true"],
  log_driver: "json-file",
  log_opts: { "max-size": "1m" },
  network_mode: "bridge",
  capabilities: [{ add: ["NET_BIND_SERVICE"], drop: ["ALL"] }],
  labels: [{ label: "tier", value: "web" }],
  host: [{ host: "db", ip: "fd00::1" }],
  ports: [
    { internal: 8080, external: 18099, ip: "127.0.0.1", protocol: "tcp" },
    { internal: 53, external: 18053, ip: "127.0.0.1", protocol: "udp" },
  ],
  mounts: [
    {
      type: "tmpfs",
      target: "/scratch",
      source: "",
      read_only: null,
      bind_options: [],
      tmpfs_options: [{ size_bytes: 1024, mode: 1023 }],
      volume_options: [],
    },
  ],
  volumes: [
    { volume_name: "data", container_path: "/data", read_only: true, selinux_relabel: "z" },
    { from_container: "other" },
    { container_path: "/anonymous" },
  ],
  healthcheck: [{ test: ["CMD", "true"], interval: "90s", timeout: "1s", start_period: "0s", start_interval: "0s", retries: 3 }],
  networks_advanced: [
    { name: "front", aliases: ["web"], ipv4_address: "10.0.0.9" },
    { name: "back", aliases: ["app"] },
  ],
};

describe("what is sent to the engine", () => {
  it("sizes in bytes, durations in nanoseconds, capabilities by full name", () => {
    const body = createBody(PLANNED, "sha256:image");
    expect(body).toMatchObject({
      Image: "sha256:image",
      Env: ["B=2", "A=1"],
      Healthcheck: { Interval: 90e9, Retries: 3 },
      Labels: { tier: "web" },
      Volumes: { "/anonymous": {} },
    });
    expect(body.Healthcheck).not.toHaveProperty("StartInterval");
    expect(body.HostConfig).toMatchObject({
      Memory: 64 * MIB,
      MemorySwap: 64 * MIB,
      PidsLimit: 50,
      BlkioWeight: 300,
      OomScoreAdj: 500,
      UTSMode: "host",
      CapAdd: ["CAP_NET_BIND_SERVICE"],
      CapDrop: ["ALL"],
      Binds: ["data:/data:ro,z"],
      VolumesFrom: ["other:rw"],
      RestartPolicy: { Name: "on-failure", MaximumRetryCount: 5 },
      ExtraHosts: ["db:fd00::1"],
      PortBindings: { "8080/tcp": [{ HostIp: "127.0.0.1", HostPort: "18099" }] },
    });
  });

  it("creates it in its first network alone, not in the default bridge", () => {
    const body = createBody(PLANNED, "i");
    expect(body.HostConfig.NetworkMode).toBe("front");
    expect(body.NetworkingConfig.EndpointsConfig).toEqual({
      front: { Aliases: ["web"], DriverOpts: {}, IPAMConfig: { IPv4Address: "10.0.0.9" } },
    });
    expect(createBody({ network_mode: "none" }, "i")).toMatchObject({
      HostConfig: { NetworkMode: "none" },
      NetworkingConfig: { EndpointsConfig: {} },
    });
  });

  it("leaves unset limits to the daemon, and raises its default swap along with the memory", () => {
    expect(createBody({}, "i").HostConfig).not.toHaveProperty("Memory");
    expect(limits({ memory: 96 })).toMatchObject({ Memory: 96 * MIB, MemorySwap: 192 * MIB });
    expect(limits({ memory: 96, memory_swap: -1 })).toMatchObject({ MemorySwap: -1 });
  });
});

describe("what is read back", () => {
  const state = containerState({
    inspect: made(PLANNED, { Networks: { back: { Aliases: ["app", ID.slice(0, 12)] } } }),
    image: {},
    prior: PLANNED,
  });

  it.each(
    Object.keys(PLANNED).filter(
      (name) => !["image", "capabilities", "healthcheck", "mounts", "volumes", "networks_advanced"].includes(name),
    ),
  )("%s as it was sent", (name) => {
    expect(state[name]).toEqual(PLANNED[name]);
  });

  it("blocks with everything they may hold", () => {
    expect(state["capabilities"]).toEqual([{ add: ["CAP_NET_BIND_SERVICE"], drop: ["ALL"] }]);
    expect(state["healthcheck"]).toMatchObject([{ interval: "1m30s", start_interval: "0s" }]);
    expect(state["mounts"]).toMatchObject([{ type: "tmpfs", target: "/scratch", tmpfs_options: [{ size_bytes: 1024, mode: 1023 }] }]);
    expect(state["volumes"]).toMatchObject([
      { volume_name: "data", read_only: true, selinux_relabel: "z" },
      { from_container: "other" },
      { container_path: "/anonymous" },
    ]);
    expect(state["networks_advanced"]).toMatchObject([
      { name: "back", aliases: ["app"] },
      { name: "front", aliases: ["web"], ipv4_address: "10.0.0.9" },
    ]);
  });

  it.each(["pid_mode", "ipc_mode"])("without the option that the engine adds for the host's %s, unless it was configured", (mode) => {
    const inspect = made({ [mode]: "host", security_opts: ["no-new-privileges:true", "label=disable"] });
    const read = (configured: string[]) => containerState({ inspect, image: {}, prior: { security_opts: configured } })["security_opts"];
    expect(read(["no-new-privileges:true"])).toEqual(["no-new-privileges:true"]);
    expect(read(["label=disable"])).toEqual(["no-new-privileges:true", "label=disable"]);
    const own = made({ security_opts: ["label=disable"] });
    expect(containerState({ inspect: own, image: {}, prior: {} })["security_opts"]).toEqual(["label=disable"]);
  });

  it("without what the image brought along, unless it was configured too", () => {
    const image: ProcessConfig = {
      Env: ["PATH=/bin", "LANG=C"],
      Labels: { vendor: "x" },
      User: "101",
      WorkingDir: "/app",
      Cmd: ["serve"],
      Healthcheck: { Test: ["CMD", "true"] },
    };
    const inspect = made({}, { Config: { ...image, Env: ["PATH=/bin", "LANG=C", "A=1"] } });
    const unset = { env: ["A=1", "LANG=C"], user: null, working_dir: null, labels: [], healthcheck: [], command: [] };
    expect(containerState({ inspect, image, prior: unset })).toMatchObject({
      env: ["LANG=C", "A=1"],
      labels: [],
      user: null,
      working_dir: null,
      healthcheck: [],
      command: [],
    });
    expect(containerState({ inspect, image, prior: {} })).toMatchObject({
      env: ["A=1"],
      user: "101",
      working_dir: "/app",
      command: ["serve"],
      healthcheck: [{ test: ["CMD", "true"] }],
    });
  });

  it("an address that a swarm chose as none that was configured, and one that was", () => {
    const seat = (networkId: string, configured: object) => {
      const endpoint = { NetworkID: networkId, IPAMConfig: { IPv4Address: "10.0.0.9" } };
      const prior = { networks_advanced: [{ name: "wide", ...configured }] };
      const view = { inspect: made({ network_mode: "none" }, { Networks: { wide: endpoint } }), image: {}, prior };
      return blocks(containerState(view)["networks_advanced"])[0]?.["ipv4_address"];
    };
    expect(seat("t2vea1lwxp2cij8rifrm2z1n6", {})).toBe("");
    expect(seat("t2vea1lwxp2cij8rifrm2z1n6", { ipv4_address: "10.0.0.9" })).toBe("10.0.0.9");
    expect(seat("b".repeat(64), {})).toBe("10.0.0.9");
  });

  it("a stopped or paused container as one that does not run as it must, unless it need not", () => {
    const stopped = made({}, { State: { Running: false, ExitCode: 3 } });
    expect(containerState({ inspect: stopped, image: {}, prior: { must_run: true, start: true } })).toMatchObject({
      must_run: false,
      exit_code: 3,
    });
    expect(containerState({ inspect: stopped, image: {}, prior: { must_run: true, start: false } })).toMatchObject({ must_run: true });
    expect(containerState({ inspect: made({}), image: {}, prior: { must_run: false } })).toMatchObject({
      must_run: false,
      exit_code: null,
    });
    expect(containerState({ inspect: made({}, { State: { Paused: true } }), image: {}, prior: {} })).toMatchObject({ must_run: false });
  });

  it("the daemon's own log options and cgroup namespace only where some were configured", () => {
    const inspect = made({ ...PLANNED, cgroupns_mode: "host" });
    expect(containerState({ inspect, image: {}, prior: { log_driver: "json-file", log_opts: null } })).not.toHaveProperty("log_opts");
    expect(containerState({ inspect, image: {}, prior: { cgroupns_mode: null } })).not.toHaveProperty("cgroupns_mode");
    expect(containerState({ inspect, image: {}, prior: {} })).toMatchObject({ cgroupns_mode: "host" });
    expect(containerState({ inspect, image: {}, prior: { cgroupns_mode: "private" } })).toMatchObject({ cgroupns_mode: "host" });
  });

  it("the image in the form of the state while it is the same one", () => {
    expect(imageForm({ image: "probe:1" }, "sha256:a", "sha256:a")).toBe("probe:1");
    expect(imageForm({ image: "probe:1" }, "sha256:b", "sha256:a")).toBe("sha256:a");
  });
});
