import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { diagnose } from "../../doctor/diagnosis";
import { checks } from "../../doctor/registry";
import { output } from "../e2e/command";
import { poll } from "../e2e/poll";
import { buildProbeImages } from "../provider/probe-image";
import { closeNamespace, openNamespace, PrivateDaemon, within } from "./private-daemon";

jest.setTimeout(240_000);

/** Addresses of the block for examples (RFC 5737): nothing real is there. */
const HERE = "198.51.100.1";
const THERE = "198.51.100.2";
const NOBODY = ["setpriv", "--reuid", "65534", "--clear-groups"];

const stops: (() => Promise<unknown>)[] = [];
let daemon: PrivateDaemon;
let neighbour: ChildProcess;
let web: string;
let inner: string;

beforeAll(async () => {
  await buildProbeImages();
  daemon = await PrivateDaemon.start({});
  stops.push(() => daemon.remove());
  neighbour = await openNamespace();
  stops.push(() => closeNamespace(neighbour));
  await link();
  await output("sh", ["-c", `docker save probe:1 | docker -H ${daemon.host} load`]);
  await daemon.docker("network create front");
  await daemon.docker("network create --internal inner");
  await daemon.docker("run -d --name web --network front -p 127.0.0.1:8080:80 probe:1 httpd -f -p 80 -h /etc");
  await daemon.docker("run -d --name public --network front -p 8081:80 probe:1 httpd -f -p 80 -h /etc");
  await daemon.docker("run -d --name inner --network inner probe:1 httpd -f -p 80 -h /etc");
  [web, inner] = (await Promise.all(["web", "inner"].map(addressOf))) as [string, string];
  await serveOnHost();
});
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** Joins the neighbour to the host by a cable, with a route to what is behind the host. */
async function link(): Promise<void> {
  const [host, far] = [String(daemon.namespace.pid), String(neighbour.pid)];
  await within(daemon.namespace, "ip", "link", "add", "doctor0", "type", "veth", "peer", "name", "doctor1", "netns", far);
  for (const [pid, address, name] of [
    [host, HERE, "doctor0"],
    [far, THERE, "doctor1"],
  ] as const) {
    await output("nsenter", ["-t", pid, "--net", "ip", "address", "add", `${address}/30`, "dev", name]);
    await output("nsenter", ["-t", pid, "--net", "ip", "link", "set", name, "up"]);
  }
  await within(neighbour, "ip", "route", "add", "default", "via", HERE);
}

async function addressOf(name: string): Promise<string> {
  return (await daemon.docker(`inspect -f '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' ${name}`)).trim();
}

/** A service of the host that listens on all of its addresses. */
async function serveOnHost(): Promise<void> {
  const program = 'require("node:http").createServer((_, answer) => answer.end("host")).listen(7000, "0.0.0.0")';
  const server = spawn("nsenter", ["-t", String(daemon.namespace.pid), "--net", process.execPath, "-e", program], { stdio: "ignore" });
  stops.push(() => closeNamespace(server));
  await poll("the host's service answers", 30, async () => ((await reaches(daemon.namespace, "127.0.0.1:7000/")) ? true : undefined));
}

const GET = "fetch('http://' + process.argv[1], { signal: AbortSignal.timeout(3000) }).then((answer) => answer.text())";

/** Whether something answers, seen from the network of a process. */
async function reaches(from: ChildProcess, target: string, as: readonly string[] = []): Promise<boolean> {
  return within(from, ...as, process.execPath, "-e", GET, "--", target).then(
    () => true,
    () => false,
  );
}

/** What reaches what: three ways that are open, and what has to stay open. */
async function ways(): Promise<Record<string, boolean>> {
  const gateway = inner.replace(/\d+$/, "1");
  const fromInner = daemon.docker(`exec inner wget -q -O - http://${gateway}:7000/`).then((text) => text === "host");
  const within3 = new Promise<boolean>((resolve) => setTimeout(resolve, 5000, false));
  return {
    "neighbour to a container's address": await reaches(neighbour, `${web}/passwd`),
    "container of an internal network to the host": await Promise.race([fromInner.catch(() => false), within3]),
    "user of the host to a container's address": await reaches(daemon.namespace, `${inner}/passwd`, NOBODY),
    "neighbour to a published port": await reaches(neighbour, `${HERE}:8081/passwd`),
    "user of the host to a port on loopback": await reaches(daemon.namespace, "127.0.0.1:8080/passwd", NOBODY),
    "root of the host to a container's address": await reaches(daemon.namespace, `${inner}/passwd`),
  };
}

const OPEN = {
  "neighbour to a published port": true,
  "user of the host to a port on loopback": true,
  "root of the host to a container's address": true,
};
const HOLES = [
  "neighbour to a container's address",
  "container of an internal network to the host",
  "user of the host to a container's address",
];
const holes = (open: boolean): Record<string, boolean> => Object.fromEntries(HOLES.map((way) => [way, open]));

describe("the firewall rules that the doctor prints", () => {
  it("close three ways into containers and out of them, and none that was meant", async () => {
    expect(await ways()).toEqual({ ...OPEN, ...holes(true) });

    const firewall = checks.filter(({ id }) => ["HOST-DIRECT-ROUTE", "HOST-SERVICES", "HOST-USERS"].includes(id));
    const { findings } = diagnose(await daemon.reading(), firewall);
    expect(findings).toHaveLength(3);
    for (const command of findings.flatMap(({ commands = [] }) => commands)) await daemon.sh(command);

    expect(await ways()).toEqual({ ...OPEN, ...holes(false) });
    expect(diagnose(await daemon.reading(), firewall).findings).toEqual([]);
  });
});
