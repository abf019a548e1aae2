import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, type CheckOptions } from "../../cli/commands/check";
import { Failure } from "../../cli/failure";
import { SAFE } from "../policies/container";

/** The project of the test, with a program. */
export let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "docker-tiers-check-"));
  write("main.ts", "new App()");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a file of the project; what is no text as JSON. */
export function write(file: string, content: unknown): void {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), typeof content === "string" ? content : JSON.stringify(content));
}

export const REFERENCE = `registry.example/shop:1.4.2@sha256:${"ab".repeat(32)}`;
export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A stack with one container, as synth leaves it. */
export function synthesised(name: string, attributes: object = {}, record: object = {}): void {
  const shop = { ...SAFE, image: REFERENCE, ...attributes, "//": { metadata: { path: `${name}/Shop/Resource` } } };
  write(`cdktf.out/stacks/${name}/cdk.tf.json`, {
    provider: { docker: [{ host: "unix:///x" }] },
    resource: { docker_container: { Shop: shop } },
  });
  write(`cdktf.out/stacks/${name}/policies.json`, {
    stack: name,
    profile: name === "dev" ? "dev" : "prod",
    severities: {},
    exceptions: [],
    program: { "main.ts": hash("new App()"), [`.env.${name}`]: null },
    ...record,
  });
}

/** What a check printed, and how it failed. */
export interface Outcome {
  readonly printed: string;
  readonly failure?: readonly [kind: string, message: string];
}

/** `tiers check`, in the project. */
export function run(target?: string, options?: CheckOptions): Outcome {
  const lines: string[] = [];
  const ports = { output: { line: (text: string) => void lines.push(text) }, directory: folder, synthesised: "cdktf.out" };
  try {
    check(ports, target, options);
    return { printed: lines.join("\n") };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { printed: lines.join("\n"), failure: [error.kind, error.message] };
  }
}
