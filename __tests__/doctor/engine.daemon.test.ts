import { Engine } from "../../engine";
import type { EngineInfo } from "../../doctor/engine-facts";
import { doctor, systemPorts } from "../../cli/commands/doctor";
import { Failure } from "../../cli/failure";
import { checks } from "../../doctor/registry";

interface Report {
  readonly address: string;
  readonly errors: number;
  readonly findings: readonly { readonly check: string; readonly severity: string; readonly got: string }[];
  readonly passed: readonly string[];
  readonly unseen: readonly string[];
}

/** What the command says of the engine of this machine, whatever that is. */
async function report(): Promise<{ readonly said: Report; readonly failed: boolean }> {
  let printed = "";
  const ports = systemPorts({ line: (text) => void (printed += text) });
  const failed = await doctor(ports, undefined, { format: "json" }).then(
    () => false,
    (error: unknown) => {
      if (error instanceof Failure && error.kind === "failed") return true;
      throw error;
    },
  );
  return { said: JSON.parse(printed) as Report, failed };
}

describe("tiers doctor on this machine", () => {
  it("sees everything, as root, and says of the engine what the engine says", async () => {
    const engine = new Engine();
    const info = await engine.get<EngineInfo>("/info");
    await engine.close();
    const { said, failed } = await report();
    const found = new Set(said.findings.map(({ check }) => check));

    expect(said.address).toBe("unix:///var/run/docker.sock");
    expect(said.unseen).toEqual([]);
    expect(failed).toBe(said.errors > 0);
    expect(found.has("HOST-LIVE-RESTORE")).toBe(!info.LiveRestoreEnabled);
    expect(found.has("HOST-CGROUP")).toBe(info.CgroupVersion !== "2");
    expect(found.has("HOST-SWAP")).toBe(info.SwapLimit === false);
    expect(found.has("HOST-APPARMOR")).toBe(!(info.SecurityOptions ?? []).some((option) => /name=(apparmor|selinux)/.test(option)));
    expect(said.passed).toEqual(expect.arrayContaining(["HOST-ENGINE", "HOST-API", "HOST-STORAGE-DRIVER", "HOST-CLOCK", "HOST-TERRAFORM"]));
    for (const id of [...found, ...said.passed]) expect(checks.map((check) => check.id)).toContain(id);
  });
});
