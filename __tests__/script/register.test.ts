import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
let directory: string;

beforeAll(() => {
  mkdirSync(join(root, "temp"), { recursive: true });
  directory = mkdtempSync(join(root, "temp/register-"));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

function run(program: string): { status: number | null; stdout: string; stderr: string } {
  writeFileSync(join(directory, "main.ts"), program);
  const args = ["-r", join(root, "script/register.cjs"), "main.ts"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("script/register.cjs", () => {
  // Never compiled before, whatever earlier runs have left.
  const unique = `// ${randomUUID()}`;
  const failing = `${unique}\ninterface Shape {\n  readonly side: number;\n}\n\nfunction fall(shape: Shape): never {\n  throw new Error(String(shape.side));\n}\nfall({ side: 4 });\n`;

  it.each(["compiled", "read from what was compiled"])("maps the trace of an error to the source: %s", () => {
    const { status, stderr } = run(failing);
    expect(status).toBe(1);
    expect(stderr).toContain(`at fall (${join(directory, "main.ts")}:7:9)`);
  });

  it("compiles a changed program anew", () => {
    const program = (answer: number): string => `${unique}\nconst answer: number = ${answer};\nconsole.log(answer);\n`;
    for (const answer of [1, 2, 1, 2]) expect(run(program(answer))).toEqual({ status: 0, stdout: `${answer}\n`, stderr: "" });
  });

  it("gives what takes a trace of anything but an error an empty one", () => {
    const program = `${unique}\nconst object = { stack: "" };\nError.captureStackTrace(object);\nconsole.log(JSON.stringify(object.stack));\n`;
    expect(run(program)).toEqual({ status: 0, stdout: '""\n', stderr: "" });
  });
});
