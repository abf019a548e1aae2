import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { diagnose, type Diagnosis } from "../../doctor/diagnosis";
import { checks } from "../../doctor/registry";
import type { StackNeeds } from "../../doctor/stack-needs";
import { NOT_FOLLOWED } from "./not-followed";
import { PrivateDaemon, within } from "./private-daemon";

jest.setTimeout(400_000);

/** A /etc to write to, a data root in memory, and data on the disk of logs. */
const FURNISH = `
cd "$1" && mkdir etc work lib data
mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/etc,workdir=$1/work" /etc
mount --bind lib /var/lib
mount -t tmpfs tmpfs /mnt
mount -t tmpfs -o size=24g tmpfs data
mount -t tmpfs -o size=4g,nodev,nosuid,noexec tmpfs /srv
mkdir /srv/logs /srv/data`;

/** A stack whose range and port others have. */
const STACK: StackNeeds = {
  name: "shop",
  memoryMiB: 64,
  logMiB: 30,
  ports: [{ address: "127.0.0.1", port: 8080 }],
  subnets: ["172.30.7.0/24"],
  directories: ["/srv/data/mysql"],
};

let daemon: PrivateDaemon;
let remove = (): Promise<void> => Promise.resolve();
beforeAll(async () => {
  daemon = await PrivateDaemon.onOwnHost(FURNISH);
  remove = () => daemon.remove();
  await daemon.docker("network", "create", "--subnet", "172.30.0.0/16", "lan");
  const server = 'require("node:net").createServer().listen(8080, "127.0.0.1", () => process.stdout.end("up"))';
  await daemon.sh(
    `setsid ${process.execPath} -e '${server}' >${daemon.directory}/server 2>&1 </dev/null & until [ -s ${daemon.directory}/server ]; do sleep 0.1; done`,
  );
});
afterAll(async () => {
  await daemon.sh("ss -Hltnp 'sport = :8080' | grep -o 'pid=[0-9]*' | cut -d = -f 2 | xargs -r kill").catch(() => undefined);
  await remove();
});

const examine = async (): Promise<Diagnosis> => diagnose(await daemon.reading(STACK), checks);
const found = ({ findings }: Diagnosis): string[] => [...new Set(findings.map(({ check }) => check))].sort();
const open = (diagnosis: Diagnosis): string[] => found(diagnosis).filter((id) => !(id in NOT_FOLLOWED));

/** Does what is printed, from the top to the end. */
async function follow({ findings, daemonJson }: Diagnosis): Promise<void> {
  for (const { check, commands = [] } of findings) if (!(check in NOT_FOLLOWED)) for (const command of commands) await obey(command);
  if (daemonJson === undefined) return;
  writeFileSync(daemonJson.file, JSON.stringify(daemonJson.content));
  for (const command of daemonJson.restart) await obey(command);
  await daemon.answers();
}

async function obey(command: string): Promise<void> {
  const printed = await daemon.sh(`export DOCKER_HOST=${daemon.host}; ${command}`);
  // It shows who has the port: to stop that is the reader's.
  const [, pid] = /^ss -ltnp/.test(command) ? (/pid=(\d+)/.exec(printed) ?? []) : [];
  if (pid !== undefined) await within(daemon.namespace, "kill", pid);
  if (command.startsWith("setsid nohup dockerd")) await daemon.answers();
}

/** Puts the settings of notes into the file, too. */
async function decide({ findings }: Diagnosis, merged: Diagnosis["daemonJson"]): Promise<void> {
  const settings = findings.map((finding) => finding.settings ?? {});
  writeFileSync(daemon.configFile, JSON.stringify(Object.assign({}, merged?.content, ...settings)));
  for (const command of merged?.restart ?? []) await obey(command);
}

describe("an engine with nothing decided", () => {
  it("is green once all that the doctor prints has been done, from the top to the end", async () => {
    const before = await examine();
    expect(open(before)).toEqual(
      expect.arrayContaining([
        ...["HOST-DATA-TYPE", "HOST-LOGS", "HOST-LIVE-RESTORE", "HOST-USERLAND-PROXY", "HOST-ICC", "HOST-USERNS", "HOST-SERVICES"],
        ...["HOST-USERS", "HOST-POOLS", "HOST-SUBNET", "HOST-DIRECTORIES", "HOST-PORT"],
      ]),
    );
    await follow(before);

    // What takes a decision is not in the file that is put together.
    const between = await examine();
    expect(open(between)).toEqual(["HOST-USERNS"]);
    expect(between.daemonJson).toBeUndefined();
    await decide(between, before.daemonJson);

    const after = await examine();
    expect(open(after)).toEqual([]);
    expect(after.unseen).toEqual([]);
    const told = [...after.passed, ...found(after)];
    // Engines since Docker 28 are not asked for it.
    expect(["HOST-DIRECT-ROUTE"]).toEqual(expect.arrayContaining(checks.map(({ id }) => id).filter((id) => !told.includes(id))));
  });

  it.each(Object.entries(NOT_FOLLOWED))("is not tried for %s, which the documentation says: %s", (id, reason) => {
    expect(readFileSync(join(__dirname, "../../docs/doctor.md"), "utf8")).toMatch(
      new RegExp(`^\\| .*\`${id}\`.* \\| ${reason} +\\|$`, "m"),
    );
  });
});
