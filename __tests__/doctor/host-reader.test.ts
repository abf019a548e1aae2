import { Daemon } from "../../doctor/daemon";
import { readHost } from "../../doctor/host-reader";
import { healthy, printing, PRINTED, withHost, withInfo } from "./patient";

describe("what the script prints", () => {
  it("is read as facts", () => {
    const { filter, fileSystems, daemons, programs, directories, ...rest } = readHost(PRINTED);
    expect(rest).toEqual({
      user: "deploy",
      socket: { path: "/var/run/docker.sock", mode: 0o660, owner: "root", group: "docker", members: [] },
      rootDevice: "2049",
      routes: [
        { link: "docker0", range: "172.17.0.0/16" },
        { link: "br-7ca1e8ffc0a7", range: "10.20.0.0/24" },
        { link: "eth0", range: "192.0.2.0/24" },
      ],
      listening: [
        { address: "", port: 22 },
        { address: "127.0.0.1", port: 80 },
        { address: "", port: 22 },
        { address: "::1", port: 631 },
      ],
      links: ["br-7ca1e8ffc0a7", "docker0", "eth0", "lo"],
      ownInputChain: false,
      kernelHasAppArmor: true,
    });
    expect([...directories]).toEqual(["/var/lib/docker", "/srv/data", "/srv/logs"]);
    expect(programs.has("systemd")).toBe(true);
    expect(daemons).toHaveLength(1);
    expect(filter?.[1]).toBe(":INPUT DROP [0:0]");
    expect(fileSystems.get("/srv/data/mysql")).toEqual({
      device: "2081",
      type: "ext4",
      mountPoint: "/srv/data",
      sizeBytes: 103081248 * 1024,
      freeBytes: 89388948 * 1024,
      options: ["rw", "nosuid", "nodev", "noexec", "relatime"],
    });
  });

  it("reads an address of IPv4 among those of IPv6 as one", () => {
    expect(readHost("::listening\n0000000000000000FFFF00000100007F:1F90\n").listening).toEqual([{ address: "127.0.0.1", port: 8080 }]);
  });

  it("has no firewall where its rules may not be read, and an empty one where there are none", () => {
    expect(readHost("::user deploy\n").filter).toBeUndefined();
    expect(readHost("::filter\n").filter).toEqual([]);
  });
});

describe("the daemon", () => {
  const flag = (flags: string, name: string): unknown => Daemon.of(printing("fd://\n", `fd://\n${flags}\n`))?.flag(name);

  it.each([
    ["--icc=false", "icc", false],
    ["--icc", "icc", true],
    ["--icc=true", "icc", true],
    ["--debug", "icc", false], // by the file
    ["--debug", "iptables", undefined],
    ["--live-restore\n--debug", "live-restore", true],
  ])("reads %j: %s is %s", (flags, name, value) => {
    expect(flag(flags, name)).toBe(value);
  });

  it.each(["-H\ntcp://a:1", "-H=tcp://a:1", "--host=tcp://a:1", "--host\ntcp://a:1", "-Htcp://a:1"])("listens where %j says", (flags) => {
    expect(Daemon.of(printing("-H\nfd://\n", `${flags}\n`))?.addresses).toEqual(["tcp://a:1"]);
  });

  it("is the one whose data root the engine tells, and of those the one that listens at the address", () => {
    const nested = { pid: 99, commandLine: ["dockerd", "--data-root", "/elsewhere"], configFile: "/x", config: "" };
    const second = { ...nested, pid: 77, commandLine: ["dockerd", "-H", "unix:///var/run/docker.sock"] };
    const [first] = healthy().host?.daemons ?? [];
    const daemons = first === undefined ? [] : [nested, first];
    expect(Daemon.of(withHost({ daemons }))?.process.pid).toBe(812);
    expect(Daemon.of(withHost({ daemons: [...daemons, second] }))?.process.pid).toBe(77);
    expect(Daemon.of(withHost({ daemons: [nested] }))).toBeUndefined();
  });

  it("is the one whose data root holds what the engine tells, where users are mapped", () => {
    expect(Daemon.of(withInfo({ DockerRootDir: "/var/lib/docker/165536.165536" }))?.process.pid).toBe(812);
    expect(Daemon.of(withInfo({ DockerRootDir: "/var/lib/docker/other" }))).toBeUndefined();
  });

  it("is not known where its file may not be read, or is none that it could have started with", () => {
    expect(Daemon.of(printing("read\n{", ""))).toBeUndefined();
    expect(Daemon.of(printing('"icc": false,', '"icc":'))).toBeUndefined();
  });

  it("has no settings without a file", () => {
    expect(Daemon.of(printing(/read\n[\s\S]*?\n}\n/, "none\n"))?.file).toEqual({});
  });
});
