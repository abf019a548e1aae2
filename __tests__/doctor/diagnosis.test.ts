import { doctorJson } from "../../cli/doctor-json";
import { doctorText } from "../../cli/doctor-text";
import { diagnose } from "../../doctor/diagnosis";
import type { Reading } from "../../doctor/reading";
import { checks } from "../../doctor/registry";
import { healthy, printing, withEngine, withInfo } from "./patient";

const some = (...ids: string[]) => checks.filter(({ id }) => ids.includes(id));
const OPEN = printing(
  /-H\nfd:\/\/\n([\s\S]*?)"icc": false,/,
  '$1"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"], "dns": ["192.0.2.53"],',
  withInfo({ LiveRestoreEnabled: false }),
);
const DEFAULT = {
  "default-address-pools": [{ base: "10.213.0.0/16", size: 24 }],
  "log-opts": { "max-size": "10m", "max-file": "3" },
  "userland-proxy": false,
  "userns-remap": "default",
  dns: ["192.0.2.53"],
};

describe("the file that mends the engine", () => {
  it("holds what it holds now, and what mends, and names the restart", () => {
    expect(diagnose(OPEN, checks).daemonJson).toEqual({
      file: "/etc/docker/daemon.json",
      content: { ...DEFAULT, hosts: ["unix:///var/run/docker.sock"], "live-restore": true },
      checks: ["HOST-TCP", "HOST-LIVE-RESTORE"],
      flags: [],
      restart: ["systemctl stop docker.socket docker.service", "systemctl start docker"],
    });
  });

  it("takes a setting out that nobody should make", () => {
    const unconfined = withInfo({ SecurityOptions: ["name=userns", "name=apparmor"] });
    const { daemonJson } = diagnose(printing('"icc": false,', '"seccomp-profile": "unconfined",', unconfined), checks);
    expect(daemonJson?.checks).toEqual(["HOST-SECCOMP"]);
    expect(daemonJson?.content).not.toHaveProperty("seccomp-profile");
  });

  it("names the flags that would keep the engine from starting beside it", () => {
    const flagged = printing(/fd:\/\/\n([\s\S]*?)"userland-proxy": false,/, "fd://\n--userland-proxy=true\n$1");
    expect(diagnose(flagged, checks).daemonJson?.flags).toEqual(["--userland-proxy"]);
  });

  it("leaves to a person what is only noted: users that are mapped do not see what was made before", () => {
    const unmapped = printing(
      '"icc": false,\n  "userns-remap": "default"',
      '"icc": false',
      withInfo({ SecurityOptions: ["name=seccomp", "name=selinux"] }),
    );
    const { findings, daemonJson } = diagnose(unmapped, checks);
    expect(findings.map(({ check, settings }) => [check, settings])).toEqual([["HOST-USERNS", { "userns-remap": "default" }]]);
    expect(daemonJson).toBeUndefined();
  });
});

describe("a host behind tcp://", () => {
  const far: Reading = { ...healthy(), address: "tcp://shop:2376", host: undefined };

  it("is judged by what its engine says, and the rest is said not to be visible", () => {
    const { findings, passed, unseen } = diagnose(far, checks);
    expect(findings).toEqual([]);
    expect(passed).toEqual(expect.arrayContaining(["HOST-API", "HOST-ICC", "HOST-TCP", "HOST-PORT", "HOST-SUBNET", "HOST-MEMORY"]));
    expect(unseen).toEqual([
      ...[
        "HOST-DATA-SPACE",
        "HOST-DATA-TYPE",
        "HOST-DATA-PARTITION",
        "HOST-LOGS",
        "HOST-USERLAND-PROXY",
        "HOST-SOCKET",
        "HOST-SOCKET-USERS",
      ],
      ...["HOST-IPTABLES", "HOST-SERVICES", "HOST-USERS", "HOST-FIREWALL", "HOST-POOLS", "HOST-DISK", "HOST-DIRECTORIES"],
    ]);
  });
});

describe("without an environment", () => {
  it("no stack is asked for", () => {
    const { passed, unseen } = diagnose({ ...healthy(), stack: undefined }, checks);
    for (const id of ["HOST-SUBNET", "HOST-POOLS", "HOST-MEMORY", "HOST-DISK", "HOST-PORT"])
      expect([...passed, ...unseen]).not.toContain(id);
  });
});

describe("the report for people", () => {
  it("is one line for a healthy host", () => {
    expect(doctorText(diagnose(healthy(), checks), checks.length)).toBe(
      `shop on unix:///var/run/docker.sock: ${String(checks.length)} checks: 0 errors, 0 warnings, 0 notes`,
    );
  });

  it("has errors first, below each what mends it, and the whole file at the end", () => {
    const sick = { ...OPEN, terraform: undefined };
    const text = doctorText(diagnose(sick, some("HOST-LIVE-RESTORE", "HOST-TERRAFORM", "HOST-TCP")), 3);
    expect(text).toBe(
      `shop on unix:///var/run/docker.sock: 3 checks: 2 errors, 1 warning, 0 notes
error    HOST-TCP: the engine must not listen on tcp without verified client certificates, got tcp://0.0.0.0:2375; take the address out, and reach the host by ssh://
         daemon.json: "hosts": ["unix:///var/run/docker.sock"]
error    HOST-TERRAFORM: terraform of this machine must be 1.7 or newer, got none on PATH; install it as https://developer.hashicorp.com/terraform/install says
warning  HOST-LIVE-RESTORE: live-restore must be on, got off; switch it on
         daemon.json: "live-restore": true

/etc/docker/daemon.json that mends HOST-TCP, HOST-LIVE-RESTORE; then restart the engine:
${JSON.stringify({ ...DEFAULT, hosts: ["unix:///var/run/docker.sock"], "live-restore": true }, ["default-address-pools", "base", "size", "log-opts", "max-size", "max-file", "live-restore", "userland-proxy", "hosts", "dns", "userns-remap"], 2)}
$ systemctl stop docker.socket docker.service
$ systemctl start docker`,
    );
  });

  it("cannot be steered by what a host says", () => {
    const evil = withEngine({ containers: [{ name: "x\u001b[2J\n$ rm", labels: {}, ports: [{ address: "", port: 80 }] }] });
    expect(doctorText(diagnose(evil, some("HOST-PORT")), 1).split("\n")).toHaveLength(3);
    expect(doctorText(diagnose(evil, some("HOST-PORT")), 1)).not.toContain("\u001b");
  });
});

describe("the report for programs", () => {
  it("has a stable shape", () => {
    const sick = printing('"icc": false,', '"seccomp-profile": "unconfined",', withInfo({ SecurityOptions: ["name=selinux"] }));
    expect(JSON.parse(doctorJson(diagnose({ ...sick, stack: undefined }, some("HOST-SECCOMP", "HOST-APPARMOR", "HOST-PORT"))))).toEqual({
      version: 1,
      address: "unix:///var/run/docker.sock",
      errors: 1,
      warnings: 0,
      notes: 0,
      findings: [
        {
          check: "HOST-SECCOMP",
          severity: "error",
          cis: "2.17",
          owasp: ["6"],
          message:
            "HOST-SECCOMP: containers must run under a seccomp profile, got none; take seccomp-profile out of the daemon's settings; where it is not there, run a kernel with CONFIG_SECCOMP_FILTER",
          got: "none",
          commands: [],
          settings: { "seccomp-profile": null },
        },
      ],
      passed: ["HOST-APPARMOR"],
      unseen: [],
      daemonJson: {
        file: "/etc/docker/daemon.json",
        content: {
          "default-address-pools": [{ base: "10.213.0.0/16", size: 24 }],
          "log-opts": { "max-size": "10m", "max-file": "3" },
          "live-restore": true,
          "userland-proxy": false,
          "userns-remap": "default",
        },
        checks: ["HOST-SECCOMP"],
        flags: [],
        restart: ["systemctl stop docker.socket docker.service", "systemctl start docker"],
      },
    });
  });
});
