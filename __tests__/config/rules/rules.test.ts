import { TerraformStack, Testing } from "cdktf";
import fc from "fast-check";
import { ipAddress } from "../../../config/rules/address";
import { oneOf } from "../../../config/rules/choice";
import { databaseName } from "../../../config/rules/database-name";
import { localDirectory, dataDirectoryOr } from "../../../config/rules/directory";
import { dockerHost } from "../../../config/rules/docker-host";
import { imageOr } from "../../../config/rules/image";
import { mebibytes, wholeNumber } from "../../../config/rules/number";
import { projectName } from "../../../config/rules/project";
import { check, type Rule } from "../../../config/rules/rule";
import { severities } from "../../../config/rules/severities";
import { ContainerImage, Storage } from "../../../constructs";

const DIGEST = `sha256:${"0a".repeat(32)}`;
const image = imageOr("build", "shop:1");
const path = localDirectory("certificates");
const storage = dataDirectoryOr("volume");

const accepted: readonly (readonly [name: string, rule: Rule<unknown>, texts: readonly string[]])[] = [
  [
    "an image",
    image,
    ["build", "mysql:8.4.11", `mysql@${DIGEST}`, `localhost:5000/a/b__c-d:v1@${DIGEST}`, `mysql:latest@${DIGEST}`, "Registry.Example/x:1"],
  ],
  [
    "storage",
    storage,
    [
      "volume",
      "mounted:/srv/data/mysql",
      "mounted:/data/mysql",
      "/srv/data/mysql",
      "/var/lib/mysql",
      "/tmp/data",
      "/home/me/my data",
      "/libero",
      "/srv/größe",
    ],
  ],
  ["a path", path, ["/etc/docker/certs", "certs", "../my certs/prod"]],
  ["a host", dockerHost, ["unix:///var/run/docker.sock", "unix:///run/user/1000/docker.sock"]],
  ["a host", dockerHost, ["ssh://host", "ssh://me@host", "ssh://me@10.0.0.5:22", "ssh://[fe80::1]:22", "tcp://h:2376", "tcp://[::1]:2376"]],
  ["an address", ipAddress, ["127.0.0.1", "0.0.0.0", "::", "2001:db8::1"]],
  ["a project", projectName, ["shop", "@team/shop", "Shop-2", "~x", "a".repeat(214)]],
  ["a database", databaseName, ["guestbook", "A1_b", "a".repeat(64), "mysql2"]],
];

// The hint, empty where there is none to give.
const refused: readonly (readonly [name: string, rule: Rule<unknown>, text: string, hint: string])[] = [
  ["a project", projectName, "my shop", "write my-shop"],
  ["a project", projectName, "${shop}", ""],
  ["a project", projectName, "/srv/shop", ""],
  ["a project", projectName, "a".repeat(215), ""],
  ["an image", image, "mysql", "without a tag it means latest"],
  ["an image", image, "Shop/app:1", "write shop/app:1"],
  ["an image", image, "localhost:5000/mysql", "without a tag it means latest"],
  ["an image", image, "mysql:latest", "latest is not a version: it names another image tomorrow"],
  ["an image", image, "https://registry.example/shop:1", "leave out the scheme"],
  ["an image", image, "MySQL:8", "write mysql:8"],
  ["an image", image, "mysql:8 ", ""],
  ["an image", image, "mysql@sha256:abc", ""],
  ["storage", storage, "data", "begin it with /"],
  ["storage", storage, "/", "/ is a path of the system"],
  ["storage", storage, "/srv", "/srv is a path of the system"],
  ["storage", storage, "/etc", "/etc is a path of the system"],
  ["storage", storage, "/etc/mysql", "/etc/mysql is a path of the system"],
  ["storage", storage, "/usr/local", "/usr/local is a path of the system"],
  ["storage", storage, "/usr/share/x", "/usr/share/x is a path of the system"],
  ["storage", storage, "/var/lib/docker/volumes", "/var/lib/docker/volumes is a path of the system"],
  ["storage", storage, "/srv/../etc", "/etc is a path of the system"],
  ["storage", storage, "mounted:/srv/data", "/srv is a path of the system"],
  ["storage", storage, "mounted:/srv/data/My Data", "name the directory in lower-case letters, digits, -, _ and ."],
  ["storage", storage, "mounted:data/mysql", "begin it with /"],
  ["storage", storage, "/srv//data/", "write /srv/data"],
  ["storage", storage, "//", "/ is a path of the system"],
  ["storage", storage, "/srv/a:b", "use letters, digits, spaces and . _ - @ + , = ~ in its names"],
  ["a path", path, "~/.docker", "write the home directory out"],
  ["a path", path, "a:b", "use letters, digits, spaces and . _ - @ + , = ~ in its names"],
  ["an address", ipAddress, "constructor", ""],
  ["a host", dockerHost, "/var/run/docker.sock", "write unix:///var/run/docker.sock"],
  ["a host", dockerHost, "unix://var/run/docker.sock", "write unix:///var/run/docker.sock"],
  ["a host", dockerHost, "unix:/var/run/docker.sock", "write unix:///var/run/docker.sock"],
  ["a host", dockerHost, "me@host", "write ssh://me@host"],
  ["a host", dockerHost, "ssh://me@host/", "write ssh://me@host"],
  ["a host", dockerHost, "ssh://me:hunter2@host", "write ssh://me@host"],
  ["a host", dockerHost, "https://10.0.0.5:2376/", "write tcp://10.0.0.5:2376"],
  ["a host", dockerHost, "http://h", "write tcp://h:2376"],
  ["a host", dockerHost, "tcp://h", "write tcp://h:2376"],
  ["a host", dockerHost, "ssh://-oProxyCommand=x", ""],
  ["a host", dockerHost, "ssh://-x@host", ""],
  ["a host", dockerHost, "ssh://host:99999", ""],
  ["a host", dockerHost, "tcp://h:0", ""],
  ["a host", dockerHost, "tcp://[::zz]:1", ""],
  ["a host", dockerHost, "npipe:////./pipe/docker_engine", ""],
  ["an address", ipAddress, "localhost", "write 127.0.0.1"],
  ["an address", ipAddress, "*", "write 0.0.0.0 for every IPv4 interface"],
  ["an address", ipAddress, "[::1]", "write ::1"],
  ["an address", ipAddress, "fe80::1%eth0", ""],
  ["an address", ipAddress, "127.0.0.1:80", ""],
  ["a database", databaseName, "my-shop", "write my_shop"],
  ["a database", databaseName, "1shop", ""],
  ["a database", databaseName, "a".repeat(65), ""],
  ["a database", databaseName, "MYSQL", "mysql belongs to the server"],
  ["MiB", mebibytes(16), "512m", "write 512"],
  ["MiB", mebibytes(16), "1 GiB", "write 1024"],
  ["MiB", mebibytes(16), "15", ""],
  ["MiB", mebibytes(16), "4m", ""],
  ["MiB", mebibytes(16), "9999g", ""],
  ["a word", oneOf("embedded", "kreuzwerker"), " Embedded", "write embedded"],
  ["a word", oneOf("embedded", "kreuzwerker"), "constructor", ""],
  ["a number", wholeNumber(1, 100), "1e2", ""],
  ["a number", wholeNumber(1, 100), "0x10", ""],
  ["a number", wholeNumber(1, 100), "007", ""],
  ["a number", wholeNumber(1, 100), "1.0", ""],
  ["severities", severities, "CIS-5.8=loud", "write CIS-5.8=error, CIS-5.8=warning or CIS-5.8=off"],
  ["severities", severities, "CIS-5.8=off cis-5.13=off", "did you mean CIS-5.13=off?"],
  ["severities", severities, "tiers-diget", "did you mean TIERS-DIGEST=off?"],
  ["severities", severities, "CIS-5.8=off=off", "write CIS-5.8=error, CIS-5.8=warning or CIS-5.8=off"],
];

describe("rules", () => {
  it.each(accepted.flatMap(([name, rule, texts]) => texts.map((text) => [name, text, rule] as const)))(
    "accept as %s: %s",
    (_, text, rule) => {
      expect(check(rule, text)).toEqual({ value: text });
    },
  );

  it.each(refused.map(([name, rule, text, hint]) => [name, text, hint, rule] as const))("fail as %s for %s (%s)", (_, text, hint, rule) => {
    expect(check(rule, text)).toEqual({ hint });
  });

  it("accept exactly the whole numbers of a range", () => {
    fc.assert(
      fc.property(fc.integer({ min: -1000, max: 1000 }), (number) => {
        expect(check(wholeNumber(3, 500), String(number))).toEqual(number >= 3 && number <= 500 ? { value: number } : { hint: "" });
      }),
    );
  });

  it("accept no image that ContainerImage refuses", () => {
    const parts = fc.constantFrom(
      "a",
      "B",
      "localhost",
      "registry.example",
      ":5000",
      ":1",
      ":latest",
      "/",
      ".",
      "-",
      "_",
      "__",
      `@${DIGEST}`,
    );
    const stack = new TerraformStack(Testing.app(), "images");
    fc.assert(
      fc.property(
        fc.array(parts, { minLength: 1, maxLength: 6 }).map((list) => list.join("")),
        (text) => {
          fc.pre("value" in check(image, text));
          expect(ContainerImage.fromRegistry(text).bind(stack).identity).toBe(text);
        },
      ),
    );
  });

  it("accept no directory that Storage refuses", () => {
    const parts = fc.constantFrom("/", "..", "srv", "etc", "var", "lib", "docker", "tmp", "a b", ":", "usr");
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }).map((list) => `/${list.join("")}`),
        (text) => {
          fc.pre("value" in check(storage, text));
          expect(Storage.hostDirectory(text)).toBeInstanceOf(Storage);
        },
      ),
    );
  });

  it("give a hint to write something only if that is accepted", () => {
    const words = [
      "ssh://",
      "unix:",
      "tcp://",
      "http://",
      "me",
      "@",
      ":",
      "/",
      "//",
      "..",
      "srv",
      "host",
      "[::1]",
      "22",
      "99999",
      "m",
      "G",
      "-",
    ];
    const text = fc.array(fc.constantFrom(...words), { maxLength: 7 }).map((parts) => parts.join(""));
    const rules = [dockerHost, ipAddress, databaseName, mebibytes(16), storage, image, oneOf("me", "host")];
    fc.assert(
      fc.property(text, fc.constantFrom<Rule<unknown>>(...rules), (given, rule) => {
        const outcome = check(rule, given);
        const correction = "hint" in outcome ? /^write (\S+)$/.exec(outcome.hint)?.[1] : undefined;
        fc.pre(correction !== undefined);
        expect(check(rule, correction)).toHaveProperty("value");
      }),
    );
  });
});
