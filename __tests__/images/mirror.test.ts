import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { hostMirror, parseSources } from "../../images/mirror";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "docker-tiers-mirror-"));
  write("etc/os-release", 'ID=debian\nVERSION_CODENAME=bookworm\nPRETTY_NAME="Debian 12"\n');
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const STANZAS = `Types: deb
# a frozen copy
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main
`;

describe("hostMirror", () => {
  it("reads stanzas", () => {
    write("etc/apt/sources.list.d/debian.sources", STANZAS);
    expect(hostMirror(root, {})).toBe("http://mirror.example/debian");
  });

  it("reads lines, and prefers the distribution to third parties that come first", () => {
    write("etc/apt/sources.list.d/a-vendor.list", "deb [signed-by=/k.gpg arch=amd64] https://vendor.example/apt stable main\n");
    write("etc/apt/sources.list.d/b-vendor.list", "deb https://vendor.example/linux bookworm stable # ours\n");
    write(
      "etc/apt/sources.list.d/debian.list",
      "#deb http://old.example bookworm main\ndeb-src http://src.example bookworm main\ndeb http://mirror.example/debian bookworm main contrib\n",
    );
    expect(hostMirror(root, {})).toBe("http://mirror.example/debian");
  });

  it("takes the first source where none is of this release", () => {
    write("etc/apt/sources.list", "deb http://other.example/debian stable main\n");
    expect(hostMirror(root, {})).toBe("http://other.example/debian");
  });

  it("is the one that is named, on any distribution", () => {
    write("etc/os-release", "ID=ubuntu\nVERSION_CODENAME=noble\n");
    expect(hostMirror(root, { DEBIAN_MIRROR: "http://mirror.example/debian" })).toBe("http://mirror.example/debian");
  });

  it("fails on another distribution, whose mirror has no Debian suites, and says what to set", () => {
    write("etc/os-release", 'PRETTY_NAME="Ubuntu 24.04.1 LTS"\nID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n');
    write("etc/apt/sources.list.d/ubuntu.sources", STANZAS.replaceAll("bookworm", "noble").replaceAll("debian", "ubuntu"));
    expect(() => hostMirror(root, {})).toThrow(
      new Error(
        "MIRROR_MISSING: a Debian mirror must be known, got the apt of ubuntu, which has none of its suites; set DEBIAN_MIRROR to the URI of one, such as http://mirror.example/debian",
      ),
    );
  });

  it("fails where apt has no source, and says what to add", () => {
    expect(() => hostMirror(root, {})).toThrow(
      new Error(
        `MIRROR_MISSING: apt's sources must name a Debian mirror, got none in ${root}/etc/apt; add a line "deb URI SUITE main" there`,
      ),
    );
  });
});

describe("parseSources", () => {
  it("skips what is disabled, source-only, or on a disc", () => {
    expect(parseSources("x.sources", "Types: deb\nEnabled: no\nURIs: http://a.example\nSuites: sid\nComponents: main\n")).toEqual([]);
    expect(parseSources("x.sources", "Types: deb-src\nURIs: http://a.example\nSuites: sid\nComponents: main\n")).toEqual([]);
    expect(parseSources("x.list", "deb cdrom:[Debian]/ bookworm main\n")).toEqual([]);
  });

  it("reads values that go on in the next line", () => {
    const [source] = parseSources("x.sources", "Types: deb\nURIs: http://a.example\nSuites: sid\n trixie\nComponents: main\n");
    expect(source).toEqual({ uri: "http://a.example", suites: ["sid", "trixie"], components: ["main"] });
  });
});
