import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerBundle } from "../../constructs/provider-bundle";

const root = join(__dirname, "../..");
const LIBRARY = ["constructs", "config", "images", "policies", "cli", "doctor", "engine", "store"];
let project: string;

const at = (path: string): string => join(project, path);

/** A project with one source in each room, and compilers that take no time. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "docker-tiers-build-"));
  const libraries = ["node_modules/mysql2", "node_modules/redis/dist"];
  for (const room of [...LIBRARY, "provider", "script", "examples/guestbook/libraries", "node_modules/.bin", ...libraries])
    mkdirSync(at(room), { recursive: true });
  for (const script of ["build", "steps.sh"]) copyFileSync(join(root, "script", script), at(`script/${script}`));
  for (const room of [...LIBRARY, "provider"]) writeFileSync(at(`${room}/main.ts`), room);
  for (const file of ["index.ts", "tsconfig.json", "tsconfig.build.json", "package-lock.json"]) writeFileSync(at(file), "{}");
  writeFileSync(at("package.json"), '{ "version": "1.2.3" }');
  writeFileSync(at("provider/terraform-provider-docker.sh"), "#!/bin/sh\n");
  writeFileSync(at("examples/guestbook/server.ts"), "server");
  for (const folder of ["guestbook", "guestbook/libraries"]) writeFileSync(at(`examples/${folder}/Dockerfile`), "FROM scratch\n");
  for (const file of ["mysql2/promise.js", "redis/dist/index.js"]) writeFileSync(at(`node_modules/${file}`), "library");
  compiler("esbuild", 'out=${!#}; out=${out#--outfile=}; mkdir -p "${out%/*}"; cp "$1" "$out"');
  compiler(
    "tsc",
    `echo > dist/index.js; echo > dist/index.d.ts; for r in ${LIBRARY.join(" ")}; do mkdir -p dist/$r; echo > dist/$r/bin.js; done`,
  );
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

function compiler(name: string, script: string): void {
  writeFileSync(at(`node_modules/.bin/${name}`), `#!/bin/bash\nset -e\n${script}\n`, { mode: 0o755 });
}

/** The parts that were made anew. */
function build(): string[] {
  const { status, stdout, stderr } = spawnSync(at("script/build"), { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return [...stdout.matchAll(/^ +(\w+): done in/gm)].map(([, part = ""]) => part);
}

describe("script/build", () => {
  it("makes all parts, and none again when nothing has changed", () => {
    expect(build()).toEqual(["provider", "library", "guestbook"]);
    expect(build()).toEqual([]);
    expect(providerBundle(project).version).toBe("1.2.3");
  });

  it.each([
    ["dist/provider/provider.cjs", "provider"],
    ["dist/provider/terraform-provider-docker", "provider"],
    ["dist/cli/bin.js", "library"],
    ["dist/examples/guestbook/Dockerfile", "guestbook"],
    ["dist/examples/guestbook-libraries/node_modules/redis/index.js", "guestbook"],
  ])("makes a part again that lacks %s", (file, part) => {
    build();
    rmSync(at(file));
    expect(build()).toEqual([part]);
  });

  it("makes the provider again when what terraform starts has changed, and agrees with the program about it", () => {
    build();
    writeFileSync(at("provider/terraform-provider-docker.sh"), "#!/bin/sh\nexit 1\n");
    expect(build()).toEqual(["provider"]);
    expect(providerBundle(project).version).toBe("1.2.3");
  });

  it("makes a part again that failed before", () => {
    compiler("esbuild", "exit 1");
    expect(spawnSync(at("script/build")).status).toBe(1);
    compiler("esbuild", 'out=${!#}; out=${out#--outfile=}; mkdir -p "${out%/*}"; cp "$1" "$out"');
    expect(build()).toEqual(["provider", "library", "guestbook"]);
  });
});
