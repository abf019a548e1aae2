import { BareHost } from "./bare-host";
import { NOT_FOLLOWED } from "./not-followed";
import { poll } from "../e2e/poll";

jest.setTimeout(400_000);

const host = new BareHost();
beforeAll(() => host.start());
afterAll(() => host.remove());

interface Printed {
  readonly findings: readonly { readonly check: string; readonly severity: string; readonly commands: readonly string[] }[];
  readonly unseen: readonly string[];
  readonly daemonJson?: { readonly file: string; readonly content: unknown; readonly restart: readonly string[] };
}

const examine = async (): Promise<Printed> => JSON.parse(await host.doctor()) as Printed;

/** What is left to do; a decision is the reader's. */
const open = ({ findings }: Printed): string[] =>
  findings.map(({ check }) => check).filter((check) => !(check in NOT_FOLLOWED) && check !== "HOST-USERNS");

/** Does what is printed, from the top to the end. */
async function follow({ findings, daemonJson }: Printed): Promise<void> {
  for (const { check, commands } of findings) if (!(check in NOT_FOLLOWED)) for (const command of commands) await obey(command);
  if (daemonJson === undefined) return;
  await host.sh(`mkdir -p /etc/docker && cat >${daemonJson.file}`, JSON.stringify(daemonJson.content));
  for (const command of daemonJson.restart) await obey(command);
}

async function obey(command: string): Promise<void> {
  await host.sh(command);
  if (!command.startsWith("setsid nohup dockerd")) return;
  await poll("the engine answers", 60, () => host.sh("docker version").catch(() => undefined));
}

describe("a host whose engine was never started", () => {
  it("is led to a green one by what the doctor prints: first the engine, then the rest", async () => {
    const bare = await examine();
    expect(open(bare)).toEqual(["HOST-ENGINE"]);
    await follow(bare);

    const started = await examine();
    expect(open(started)).toEqual(
      expect.arrayContaining([
        "HOST-DATA-TYPE",
        "HOST-LOGS",
        "HOST-LIVE-RESTORE",
        "HOST-USERLAND-PROXY",
        "HOST-ICC",
        "HOST-SERVICES",
        "HOST-USERS",
      ]),
    );
    await follow(started);

    const mended = await examine();
    expect(open(mended)).toEqual([]);
    expect(mended.unseen).toEqual([]);
    expect(await host.sh("docker info --format '{{.DockerRootDir}} {{.LiveRestoreEnabled}}'")).toContain("/var/lib/docker true");
  });
});
