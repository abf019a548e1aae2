import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { HOST_SCRIPT } from "../../doctor/host-script";
import { readHost } from "../../doctor/host-reader";
import { shellOf, terraformVersion } from "../../doctor/shell";

const path = process.env["PATH"] ?? "";
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "doctor-shell-"));
  process.env["PATH"] = directory + delimiter + path;
});
afterEach(() => {
  process.env["PATH"] = path;
  rmSync(directory, { recursive: true });
});

/** Puts a program in front of the real one. */
function program(name: string, script: string): void {
  writeFileSync(join(directory, name), script);
  chmodSync(join(directory, name), 0o755);
}

const WORDS = ["/run/it's a socket", "/srv/$HOME/`x`", "/srv/a b"];
const ECHO = 'for word in "$@"; do echo "$word"; done';

describe("the shell of a host", () => {
  it("is that of this machine for a local engine", async () => {
    expect(await shellOf({ host: "unix:///run/x" })(ECHO, WORDS)).toBe(`${WORDS.join("\n")}\n`);
  });

  it("is reached by ssh, with every word as it is", async () => {
    // What the real one does: the words after the destination are joined for a shell over there.
    program("ssh", '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\n[ "$1" = deploy@web-1 ] || exit 9\nshift\nexec sh -c "$*"\n');
    expect(await shellOf({ host: "ssh://deploy@web-1" })(ECHO, WORDS)).toBe(`${WORDS.join("\n")}\n`);
  });

  it("is none behind tcp://, and none where ssh does not get in", async () => {
    program("ssh", "#!/bin/sh\nexit 255\n");
    expect(await shellOf({ host: "ssh://deploy@web-1" })(ECHO, [])).toBeUndefined();
    expect(await shellOf({ host: "tcp://web-1", certPath: "/certificates" })(ECHO, [])).toBeUndefined();
  });
});

describe("the script", () => {
  it("reads this machine, a directory that is not there yet included", async () => {
    const facts = readHost(
      (await shellOf({ host: "unix:///run/x" })(HOST_SCRIPT, ["/run/none.sock", join(directory, "a/b c"), directory])) ?? "",
    );
    expect(facts.socket).toBeUndefined();
    expect([...facts.directories]).toEqual([directory]);
    expect(facts.fileSystems.get(join(directory, "a/b c"))?.device).toBe(facts.fileSystems.get(directory)?.device);
    expect(facts.fileSystems.get(directory)?.sizeBytes).toBeGreaterThan(0);
    expect(facts.links).toContain("lo");
    expect(facts.user).not.toBe("");
  });
});

describe("the version of terraform", () => {
  it("is what the program on PATH says", async () => {
    program("terraform", `#!/bin/sh\necho '{ "terraform_version": "1.9.8", "platform": "linux_amd64" }'\n`);
    expect(await terraformVersion()).toBe("1.9.8");
  });

  it("is none where there is no program", async () => {
    process.env["PATH"] = directory;
    expect(await terraformVersion()).toBeUndefined();
  });
});
