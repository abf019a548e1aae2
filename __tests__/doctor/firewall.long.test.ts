import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { diagnose } from "../../doctor/diagnosis";
import { checks } from "../../doctor/registry";
import { output } from "../e2e/command";
import { poll } from "../e2e/poll";
import { buildProbeImages } from "../provider/probe-image";
import { closeNamespace, type EngineVersion, openNamespace, PrivateDaemon, within } from "./private-daemon";

jest.setTimeout(240_000);

/** Addresses of the block for examples (RFC 5737): nothing real is there. */
const HERE = "198.51.100.1";
const THERE = "198.51.100.2";
const NOBODY = ["setpriv", "--reuid", "65534", "--clear-groups"];

let stops: (() => Promise<unknown>)[] = [];
let daemon: PrivateDaemon;
let neighbour: ChildProcess;
let web: string;
let inner: string;
let apart: string;

beforeAll(buildProbeImages);

async function start(version: EngineVersion): Promise<void> {
  daemon = await PrivateDaemon.start({}, [], version);
  stops.push(() => daemon.remove());
  neighbour = await openNamespace();
  stops.push(() => closeNamespace(neighbour));
  await link();
  await output("sh", ["-c", `docker save probe:1 | docker -H ${daemon.host} load`]);
  await daemon.docker("network create front");
  await daemon.docker("network create --internal inner");
  await daemon.docker("network create --internal -o com.docker.network.bridge.inhibit_ipv4=true apart");
  const serve = "probe:1 httpd -f -p 80 -h /etc";
  await daemon.docker(`run -d --name web --network front -p 127.0.0.1:8080:80 ${serve}`);
  await daemon.docker(`run -d --name public --network front -p 8081:80 ${serve}`);
  for (const name of ["inner", "apart"]) await daemon.docker(`run -d --name ${name} --network ${name} ${serve}`);
  await daemon.docker("run -d --name beside --network apart probe:1 sleep 600");
  [web, inner, apart] = (await Promise.all(["web", "inner", "apart"].map(addressOf))) as [string, string, string];
  await serveOnHost();
}

async function end(): Promise<void> {
  for (const stop of stops.reverse()) await stop();
  stops = [];
}

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

/** Whether a container gets an answer of this address. */
function fromContainer(name: string, target: string): Promise<boolean> {
  const answered = daemon.docker(`exec ${name} wget -q -O /dev/null http://${target}`).then(
    () => true,
    () => false,
  );
  return Promise.race([answered, new Promise<boolean>((resolve) => setTimeout(resolve, 5000, false))]);
}

const gatewayOf = (address: string): string => address.replace(/\d+$/, "1");

/** What reaches what: the ways that an engine leaves open, those that we close, and what has to stay open. */
async function ways(): Promise<Record<string, boolean>> {
  return {
    "neighbour to a container's address": await reaches(neighbour, `${web}/passwd`),
    "container to the host": await fromContainer("web", `${gatewayOf(web)}:7000/`),
    "container of an internal network to the host": await fromContainer("inner", `${gatewayOf(inner)}:7000/`),
    "user of the host to a container's address": await reaches(daemon.namespace, `${web}/passwd`, NOBODY),
    "user of the host to a container of an internal network": await reaches(daemon.namespace, `${inner}/passwd`, NOBODY),
    "container apart to the host": await fromContainer("beside", `${gatewayOf(apart)}:7000/`),
    "user of the host to a container apart": await reaches(daemon.namespace, `${apart}/passwd`, NOBODY),
    "neighbour to a published port": await reaches(neighbour, `${HERE}:8081/passwd`),
    "user of the host to a port on loopback": await reaches(daemon.namespace, "127.0.0.1:8080/passwd", NOBODY),
    "root of the host to a container's address": await reaches(daemon.namespace, `${inner}/passwd`),
    "container apart to the one beside it": await fromContainer("beside", "apart/passwd"),
  };
}

const MEANT = {
  "neighbour to a published port": true,
  "user of the host to a port on loopback": true,
  "root of the host to a container's address": true,
  "container apart to the one beside it": true,
};
/** Closed without any rule of a firewall, where the host has no address in the network. */
const OURS = { "container apart to the host": false, "user of the host to a container apart": false };
const HOLES = [
  "container to the host",
  "container of an internal network to the host",
  "user of the host to a container's address",
  "user of the host to a container of an internal network",
];
const holes = (open: boolean): Record<string, boolean> => Object.fromEntries(HOLES.map((way) => [way, open]));

describe.each([
  ["20.10", ["HOST-DIRECT-ROUTE", "HOST-SERVICES", "HOST-USERS"]],
  ["28.5", ["HOST-SERVICES", "HOST-USERS"]],
] as const)("the firewall rules that the doctor prints for Docker %s", (version, asked) => {
  beforeAll(() => start(version));
  afterAll(end);

  it("close the ways into containers and out of them that this engine leaves open, and none that was meant", async () => {
    expect(await daemon.docker("version -f '{{.Server.Version}}'")).toMatch(new RegExp(`^${version.replace(".", "\\.")}\\.`));
    const direct = { "neighbour to a container's address": version === "20.10" };
    expect(await ways()).toEqual({ ...MEANT, ...OURS, ...holes(true), ...direct });

    const firewall = checks.filter(({ id }) => ["HOST-DIRECT-ROUTE", "HOST-SERVICES", "HOST-USERS"].includes(id));
    const { findings } = diagnose(await daemon.reading(), firewall);
    expect(findings.map(({ check }) => check).sort()).toEqual(asked);
    for (const command of findings.flatMap(({ commands = [] }) => commands)) await daemon.sh(command);

    expect(await ways()).toEqual({ ...MEANT, ...OURS, ...holes(false), "neighbour to a container's address": false });
    expect(diagnose(await daemon.reading(), firewall).findings).toEqual([]);
  });
});
