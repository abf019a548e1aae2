import { spawn, type ChildProcess } from "node:child_process";
import { readlinkSync } from "node:fs";
import { output } from "./command";
import { poll } from "./poll";

/** Of the block for examples (RFC 5737): nothing real is there. */
const HERE = "198.51.100.1";
const THERE = "198.51.100.2";
const PORT = 7;

/**
 * A machine beyond this host, as far as containers can tell: a network namespace behind a link of its own, with a server in it.
 */
export class Outside {
  readonly target = `${THERE}:${PORT}`;

  private constructor(private readonly server: ChildProcess) {}

  static async open(): Promise<Outside> {
    const listen = `require("node:net").createServer((socket) => socket.end('here')).listen(${PORT}, "0.0.0.0")`;
    const server = spawn("unshare", ["--net", process.execPath, "-e", listen], { stdio: "ignore" });
    const outside = new Outside(server);
    await poll("the outside has a network of its own", 10, () => Promise.resolve(outside.isApart() || undefined));
    await outside.connect();
    return outside;
  }

  /** Its network ends with its only process. */
  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.server.on("close", resolve));
    this.server.kill("SIGKILL");
    await ended;
  }

  /** The process starts in the host's network, and leaves it before it runs the server. */
  private isApart(): boolean {
    return readlinkSync(`/proc/${this.server.pid ?? "self"}/ns/net`) !== readlinkSync("/proc/self/ns/net");
  }

  private async connect(): Promise<void> {
    const pid = String(this.server.pid);
    const within = ["-t", pid, "--net", "ip"];
    await output("ip", ["link", "add", "e2e-here", "type", "veth", "peer", "name", "e2e-there", "netns", pid]);
    await output("ip", ["address", "add", `${HERE}/30`, "dev", "e2e-here"]);
    await output("ip", ["link", "set", "e2e-here", "up"]);
    await output("nsenter", [...within, "address", "add", `${THERE}/30`, "dev", "e2e-there"]);
    await output("nsenter", [...within, "link", "set", "e2e-there", "up"]);
    await output("nsenter", [...within, "route", "add", "default", "via", HERE]);
  }
}
