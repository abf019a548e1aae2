import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PrivateEngine } from "../e2e/private-engine";
import { HostProject, STACK, TIERS } from "./host-project";
import { SshServer } from "./ssh-server";

const files = mkdtempSync(join(tmpdir(), "dt-hosts-doctor-"));
const settings = join(files, "daemon.json");
const engine = new PrivateEngine(["--config-file", settings]);
const server = new SshServer();
let host: HostProject;

beforeAll(async () => {
  chmodSync(files, 0o755);
  writeFileSync(settings, JSON.stringify({ "log-opts": { "max-size": "10m", "max-file": "3" }, "live-restore": true }));
  await Promise.all([engine.start(), server.start()]);
  const variables = { HOST: server.address(engine.host.replace("unix://", "")), SSH_OPTS: server.options.join(" ") };
  host = new HostProject({ ...variables, SSH_AUTH_SOCK: server.agent });
  await host.storeSecret();
  await host.project.synth();
});

afterAll(async () => {
  await server.stop();
  await engine.remove();
  host.remove();
  rmSync(files, { recursive: true });
});

interface Diagnosis {
  readonly findings: readonly { readonly check: string; readonly message: string; readonly settings?: unknown }[];
  readonly passed: readonly string[];
  readonly unseen: readonly string[];
  readonly daemonJson?: { readonly file: string; readonly content: unknown };
}

async function doctor(): Promise<Diagnosis> {
  const { stdout, stderr } = await host.run("node", TIERS, "doctor", STACK, "--format", "json");
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Diagnosis;
}

const messageOf = ({ findings }: Diagnosis, id: string): string | undefined => findings.find(({ check }) => check === id)?.message;

describe("the doctor of a host that is reached by ssh", () => {
  it("reads the host's files, disks and users over there, and its clock", async () => {
    const seen = await doctor();
    const { passed, unseen, daemonJson } = seen;
    expect(passed).toEqual(
      expect.arrayContaining(["HOST-ENGINE", "HOST-LOGS", "HOST-LIVE-RESTORE", "HOST-CLOCK", "HOST-SOCKET", "HOST-DATA-SPACE"]),
    );
    expect(messageOf(seen, "HOST-SOCKET-USERS")).toMatch(new RegExp(`got (.*, )?${server.user}(, .*)? in docker;`));
    expect(messageOf(seen, "HOST-USERLAND-PROXY")).toContain("userland-proxy must be off, got on;");
    expect(daemonJson).toMatchObject({
      file: settings,
      content: { "log-opts": { "max-size": "10m", "max-file": "3" }, "live-restore": true, "userland-proxy": false },
    });
    // The firewall is root's to see.
    expect(unseen).toEqual(expect.arrayContaining(["HOST-SERVICES", "HOST-USERS", "HOST-FIREWALL"]));
  });

  it("takes nothing for good that the user of the address may not read", async () => {
    chmodSync(files, 0o700);
    const { passed, unseen, daemonJson } = await doctor().finally(() => chmodSync(files, 0o755));
    expect(unseen).toEqual(expect.arrayContaining(["HOST-LOGS", "HOST-USERLAND-PROXY", "HOST-IPTABLES"]));
    expect(passed).not.toContain("HOST-LOGS");
    expect(daemonJson).toBeUndefined();
  });

  it("finds that the clocks are an hour apart", async () => {
    const shift = join(files, "shift.cjs");
    writeFileSync(shift, "const real = Date.now; Date.now = () => real() + 3600e3;");
    host.project.variable("NODE_OPTIONS", `--require ${shift}`);
    const late = await doctor().finally(() => host.project.variable("NODE_OPTIONS", undefined));
    expect(messageOf(late, "HOST-CLOCK")).toMatch(
      /^HOST-CLOCK: clocks .* must differ by 5 s at most, got 3[56]\d\d\.\d s behind; let the network/,
    );
  });

  it("fails where the engine over there is stopped, with how it is started", async () => {
    await engine.stop();
    const { findings } = await doctor();
    expect(findings.map(({ check }) => check)).toContain("HOST-ENGINE");
    expect(await host.failure("node", TIERS, "doctor", STACK)).toMatch(
      /HOST-ENGINE: a Docker engine must answer, got DOCKER_HOST_UNREACHABLE: /,
    );
  });
});
