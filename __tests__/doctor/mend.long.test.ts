import { writeFileSync } from "node:fs";
import { diagnose, type Diagnosis } from "../../doctor/diagnosis";
import { checks } from "../../doctor/registry";
import { PrivateDaemon } from "./private-daemon";

jest.setTimeout(240_000);

/** What a host can be mended of here: the kernel, the disks and who logs in are those of the machine. */
const MENDED = [
  ...["HOST-ENGINE", "HOST-LOGS", "HOST-LIVE-RESTORE", "HOST-USERLAND-PROXY", "HOST-ICC", "HOST-SOCKET", "HOST-TCP", "HOST-IPTABLES"],
  ...["HOST-DIRECT-ROUTE", "HOST-SERVICES", "HOST-USERS"],
];

let daemon: PrivateDaemon;
let stop = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  daemon = await PrivateDaemon.start({ iptables: false }, ["tcp://127.0.0.1:2375"]);
  stop = () => daemon.remove();
  await daemon.sh(`chmod 666 ${daemon.socket}`);
});
afterAll(() => stop());

async function examine(): Promise<Diagnosis> {
  return diagnose(
    await daemon.reading(),
    checks.filter(({ id }) => MENDED.includes(id)),
  );
}

const found = ({ findings }: Diagnosis): string[] => [...new Set(findings.map(({ check }) => check))].sort();

describe("an engine that was set up badly", () => {
  it("is green once what the doctor says has been done, and nothing else", async () => {
    const before = await examine();
    expect(found(before)).toEqual(MENDED.filter((id) => id !== "HOST-ENGINE").sort());

    // The file first: rules belong into chains that the engine makes.
    const { daemonJson } = before;
    expect(daemonJson?.file).toBe(daemon.configFile);
    expect(daemonJson?.flags).toEqual([]);
    writeFileSync(daemon.configFile, JSON.stringify(daemonJson?.content));
    for (const command of daemonJson?.restart ?? []) await daemon.sh(command);
    await daemon.answers();

    const between = await examine();
    expect(found(between)).toEqual(["HOST-DIRECT-ROUTE", "HOST-SERVICES", "HOST-USERS"]);
    expect(between.daemonJson).toBeUndefined();
    for (const command of between.findings.flatMap(({ commands = [] }) => commands)) await daemon.sh(command);

    const after = await examine();
    expect(after.findings).toEqual([]);
    expect(after.unseen).toEqual([]);
    expect(after.passed).toEqual(checks.map(({ id }) => id).filter((id) => MENDED.includes(id)));
  });

  it("is mended of a socket that is open to all without a restart, too", async () => {
    await daemon.sh(`chmod 666 ${daemon.socket}`);
    const open = await examine();
    expect(found(open)).toEqual(["HOST-SOCKET"]);
    for (const command of open.findings.flatMap(({ commands = [] }) => commands)) await daemon.sh(command);
    expect((await examine()).findings).toEqual([]);
  });
});
