import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { doctor, type DoctorOptions } from "../../cli/commands/doctor";
import { Failure } from "../../cli/failure";
import { EngineError, type EngineOptions } from "../../engine";
import type { AskedEngine } from "../../doctor/engine-reader";
import { PRINTED } from "../doctor/patient";
import recorded from "../fixtures/doctor/engine.json";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "docker-tiers-doctor-"));
  write("main.ts", "new App()");
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, content: unknown): void {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** An environment, as synth leaves it. */
function synthesised(name: string, host: string, container: object): void {
  write(`cdktf.out/stacks/${name}/cdk.tf.json`, {
    provider: { docker: [{ host }] },
    resource: {
      docker_container: { Web: { name: "web", memory: 512, log_opts: { "max-size": "1g", "max-file": "2" }, ...container } },
      docker_network: { Edge: { name: "edge", ipam_config: [{ subnet: "10.20.0.0/24" }] } },
    },
  });
  const program = { "main.ts": hash("new App()"), [`.env.${name}`]: null };
  write(`cdktf.out/stacks/${name}/policies.json`, {
    stack: name,
    profile: "prod",
    severities: {},
    exceptions: [],
    program,
    hostMemoryMiB: 4096,
  });
}

const listed = {
  "/version": { Version: recorded.version, ApiVersion: recorded.api, MinAPIVersion: recorded.oldestApi },
  "/info": recorded.info,
  "/networks": recorded.networks.map(({ id, name, driver, options, labels, subnets }) => {
    return {
      Id: id,
      Name: name,
      Driver: driver,
      Options: options,
      Labels: labels,
      IPAM: { Config: subnets.map((Subnet) => ({ Subnet })) },
    };
  }),
  "/containers/json": recorded.containers.map(({ name, labels, ports }) => {
    return { Names: [`/${name}`], Labels: labels, Ports: ports.map(({ address, port }) => ({ IP: address, PublicPort: port })) };
  }),
};

interface Surroundings {
  readonly printed?: string | undefined;
  readonly silence?: EngineError;
}

interface Outcome {
  readonly printed: string;
  readonly asked: readonly EngineOptions[];
  readonly words: readonly string[];
  readonly failure?: readonly [kind: string, message: string];
}

/** Runs the command against a recorded engine and host. */
async function run(environment?: string, options: DoctorOptions = {}, around: Surroundings = { printed: PRINTED }): Promise<Outcome> {
  const lines: string[] = [];
  const asked: EngineOptions[] = [];
  let given: readonly string[] = [];
  const get = <T>(path: string): Promise<T> => {
    if (around.silence !== undefined) return Promise.reject(around.silence);
    return Promise.resolve(Object.entries(listed).find(([known]) => known === path)?.[1] as T);
  };
  const engine: AskedEngine = { get, close: () => Promise.resolve() };
  const ports = {
    output: { line: (text: string) => void lines.push(text) },
    directory: folder,
    synthesised: "cdktf.out",
    openEngine: (opened: EngineOptions) => {
      asked.push(opened);
      return engine;
    },
    openShell: () => (_script: string, words: readonly string[]) => {
      given = words;
      return Promise.resolve(around.printed);
    },
    terraformVersion: () => Promise.resolve("1.11.4"),
    now: () => Date.parse(recorded.info.SystemTime),
  };
  const outcome = (): Outcome => ({ asked, words: given, printed: lines.join("\n") });
  try {
    await doctor(ports, environment, options);
    return outcome();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ...outcome(), failure: [error.kind, error.message] };
  }
}

describe("tiers doctor", () => {
  it("looks at the engine of this machine when no environment is named", async () => {
    const { printed, asked, words, failure } = await run();
    expect(printed).toBe("unix:///var/run/docker.sock: 34 checks: 0 errors, 0 warnings, 0 notes");
    expect([asked, failure]).toEqual([[{}], undefined]);
    expect(words.slice(0, 2)).toEqual(["/var/run/docker.sock", "/var/lib/docker"]);
  });

  it("looks at the host of an environment, and at what its stack needs", async () => {
    synthesised("shop", "ssh://deploy@web-1", {
      ports: [{ internal: 8080, external: 80, ip: "127.0.0.1" }],
      volumes: [{ host_path: "/srv/data/mysql", container_path: "/var/lib/mysql" }],
    });
    const { printed, asked, words } = await run("shop");
    expect(printed).toBe("shop on ssh://deploy@web-1: 34 checks: 0 errors, 0 warnings, 0 notes");
    expect(asked).toEqual([{ host: "ssh://deploy@web-1" }]);
    expect(words).toContain("/srv/data/mysql");
  });

  it("fails with the count after it has printed what mends each, for a stack that does not fit", async () => {
    synthesised("other", "unix:///x", { memory: 9000, ports: [{ internal: 8080, external: 80 }] });
    const { printed, failure } = await run("other");
    expect(failure).toEqual([
      "failed",
      "DOCTOR: unix:///x must be fit for a deploy, got 3 errors; do what stands below each, and run it again",
    ]);
    expect(printed).toContain("got 10.20.0.0/24 that network shop-front-1a2b3c4d has;");
    expect(printed).toContain("got caps of 9000 MiB on a host with 8192 MiB;");
    expect(printed).toContain("got 0.0.0.0:80 of container shop-web;");
    expect(printed).toContain("\n         $ docker stop shop-web");
  });

  it("prints JSON", async () => {
    expect(JSON.parse((await run(undefined, { format: "json" })).printed)).toMatchObject({
      version: 1,
      errors: 0,
      findings: [],
      unseen: [],
    });
  });

  it("fails for a stale synth, and for an environment that there is not", async () => {
    synthesised("shop", "unix:///x", {});
    write("main.ts", "new App().changed()");
    expect((await run("shop")).failure).toEqual([
      "environment",
      "STALE: cdktf.out/stacks/shop must be made by the program as it is, got a change of main.ts since; run: npx cdktf synth",
    ]);
    expect((await run("shopp")).failure).toEqual(["usage", 'UNKNOWN_ENVIRONMENT: environment must be one of shop, got "shopp"']);
  });

  it("leads on a bare host to an engine, and fails when not even the host can be asked", async () => {
    const silence = new EngineError(0, "DOCKER_HOST_UNREACHABLE: a Docker engine must answer at unix:///var/run/docker.sock, got ENOENT");
    const bare = "::user root\n::programs\napt-get\nsystemd\n::root 2049\n";
    const { printed, failure } = await run(undefined, {}, { silence, printed: bare });
    expect(printed).toContain(
      `got ${silence.message}; install it, start it, or put your user into the group of its socket and log in again
         $ apt-get update
         $ apt-get install -y --no-install-recommends docker.io
         $ systemctl enable --now docker`,
    );
    expect(failure?.[0]).toBe("failed");
    await expect(run(undefined, {}, { silence, printed: undefined })).rejects.toBe(silence);
  });
});
