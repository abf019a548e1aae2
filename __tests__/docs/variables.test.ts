import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const ROOMS = ["cli", "config", "constructs", "doctor", "engine", "images", "policies", "provider", "script", "stacks", "store"];

function texts(folder: string, pattern: RegExp): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

const names = (text: string): string[] => [...text.matchAll(/\b[A-Z][A-Z0-9_]+\b/g)].map(([name]) => name);
const groups = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, group = ""]) => group);

/** Process variables that a program reads: by name, by taking the environment apart, by a constant, and in a shell script with a default. */
function variables(text: string): string[] {
  const byConstant = groups(text, /\b(?:env|environment)\[([A-Z_]+)\]/g);
  return [
    ...groups(text, /(?<![.\w])(?:process\.)?(?:env|environment)(?:\.|\[")([A-Z][A-Z0-9_]+)/g),
    ...groups(text, /\{([^{}]*)\} = (?:process\.)?(?:env|environment)\b/g).flatMap(names),
    ...byConstant.flatMap((name) => groups(text, new RegExp(`const ${name} = "(\\w+)"`, "g"))),
    ...groups(text, /\$\{([A-Z][A-Z0-9_]+):?-/g),
  ];
}

describe("process variables", () => {
  it("are found in every way in which they are read", () => {
    const program = `env["A_ONE"]; environment.A_TWO; const { A_THREE: three = "", A_FOUR } = process.env;
      const VARIABLE = "A_FIVE"; env[VARIABLE]; \${A_SIX:-none}; const { other } = env; environments.A_NONE; process.env.A_SEVEN; ".env.A_NONE"`;
    expect(variables(program).sort()).toEqual(["A_ONE", "A_TWO", "A_THREE", "A_FOUR", "A_FIVE", "A_SIX", "A_SEVEN"].sort());
  });

  it("are on the page about the command line, all that are read and no others", () => {
    const read = new Set(ROOMS.flatMap((room) => texts(room, /\.(ts|cjs|sh)$|^[a-z-]+$/)).flatMap(variables));
    const [, section = ""] = /\n## Process variables\n([^]*?)(?=\n## |$)/.exec(readFileSync(join(root, "docs/cli.md"), "utf8")) ?? [];
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    const documented = rows.flatMap((line) => names(line.split("|")[1] ?? ""));
    expect([...read].filter((name) => !documented.includes(name))).toEqual([]);
    expect(documented.filter((name) => !read.has(name))).toEqual([]);
  });
});
