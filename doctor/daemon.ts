import { isObject, type JsonObject } from "../policies/attributes";
import type { DaemonProcess } from "./host-facts";
import type { Reading } from "./reading";

/** The engine's process, and what it was told by flags and file. */
export class Daemon {
  /** @returns undefined when the host cannot be looked into, or the process or its file cannot be seen */
  static of({ engine, host, address }: Reading): Daemon | undefined {
    if (host === undefined) return undefined;
    const daemons = host.daemons.flatMap((process) => {
      const file = parse(process.config);
      return file === undefined ? [] : [new Daemon(process, file)];
    });
    const own = daemons.filter((daemon) => engine === undefined || daemon.owns(engine.info.DockerRootDir));
    return own.find((daemon) => daemon.addresses.includes(address)) ?? own[0];
  }

  private constructor(
    readonly process: DaemonProcess,
    /** Content of its configuration file. */
    readonly file: JsonObject,
  ) {}

  get dataRoot(): string {
    return this.text("data-root") ?? "/var/lib/docker";
  }

  /** Whether it is the engine that says it has this root: with users mapped, a directory in the data root that is named after them. */
  private owns(root: string): boolean {
    return root === this.dataRoot || (root.startsWith(`${this.dataRoot}/`) && /^\/\d+\.\d+$/.test(root.slice(this.dataRoot.length)));
  }

  /** Where it listens. */
  get addresses(): readonly string[] {
    const listed = this.file["hosts"];
    return [...this.flags("host"), ...(Array.isArray(listed) ? listed.map(String) : [])];
  }

  text(name: string): string | undefined {
    const value = this.flags(name).at(-1) ?? this.file[name];
    return typeof value === "string" ? value : undefined;
  }

  /** A switch that may be on or off. @returns undefined when nobody said */
  flag(name: string): boolean | undefined {
    const value = this.flags(name).at(-1) ?? this.file[name];
    return value === undefined ? undefined : value === true || value === "true";
  }

  /** Options of the log driver. */
  get logOptions(): Readonly<Record<string, unknown>> {
    const given = this.flags("log-opt").map((option): [string, string] => [option.split("=")[0] ?? "", option.replace(/^[^=]*=?/, "")]);
    const listed = this.file["log-opts"];
    return { ...(isObject(listed) ? listed : {}), ...Object.fromEntries(given) };
  }

  /** Values of a flag on the command line; a switch that stands alone is `true`. */
  flags(name: string): string[] {
    const words = this.process.commandLine.slice(1);
    return words.flatMap((word, index) => {
      const inline = new RegExp(name === "host" ? "^(?:--host=|-H=?)(.+)$" : `^--${name}=(.*)$`).exec(word)?.[1];
      if (inline !== undefined) return [inline];
      if (word !== `--${name}` && !(name === "host" && word === "-H")) return [];
      const next = words[index + 1];
      return [next === undefined || next.startsWith("-") || SWITCHES.has(name) ? "true" : next];
    });
  }
}

/** Flags that take their value after `=` only. */
const SWITCHES = new Set(["icc", "iptables", "live-restore", "no-new-privileges", "selinux-enabled", "tls", "tlsverify", "userland-proxy"]);

/** @returns undefined when the file may not be read, or is none that a daemon would start with */
function parse(text: string | undefined): JsonObject | undefined {
  if (text === undefined || text.trim() === "") return text === undefined ? undefined : {};
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
