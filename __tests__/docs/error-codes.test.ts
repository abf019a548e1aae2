import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { errorCodes } from "./error-codes";

const root = join(__dirname, "../..");
const ROOMS = ["cli", "config", "constructs", "doctor", "engine", "images", "policies", "provider", "stacks", "store"];

function texts(folder: string, ending: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter(({ name, parentPath }) => name.endsWith(ending) && !/\bdecisions\b/.test(parentPath))
    .map(({ name, parentPath }) => readFileSync(join(parentPath, name), "utf8"));
}

describe("error codes", () => {
  it("are found where they are an argument, directly or by way of a function, and where they begin a message", () => {
    const program = `class AppError extends Error { constructor(readonly code: string, text: string) { super(code + text); } }
      const refuse = (what: string, code: string): never => { throw new AppError(code, what); };
      class Checks { fail(code: string): void { refuse("", code); } run(): void { this.fail("ONE"); } }
      refuse("TWO", "THREE"); new AppError("FOUR", "x"); new Error("FIVE: text"); new Error(\`SIX: \${program}\`); other("SEVEN"); "say EIGHT: no";`;
    expect(errorCodes([program])).toEqual(["FIVE", "FOUR", "ONE", "SIX", "THREE"]);
  });

  it("stand each on a page where a user finds what to do", () => {
    const pages = texts("docs", ".md").join("\n");
    const codes = errorCodes(ROOMS.flatMap((room) => texts(room, ".ts")));
    expect(codes).toEqual(expect.arrayContaining(["SUBNET_OVERLAP", "STORE_MISSING", "RECIPE_MALFORMED", "DOCKER_HOST_PLAIN_TCP"]));
    expect(codes.filter((code) => !pages.includes(`\`${code}\``) && !pages.includes(`${code}: `))).toEqual([]);
  });
});
