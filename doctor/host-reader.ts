import type { HostPort } from "./engine-facts";
import type { DaemonProcess, FileSystem, HostFacts, Route, SocketFacts } from "./host-facts";
import { Sections, type Section } from "./sections";

/** The facts in what the host's script has printed. */
export function readHost(printed: string): HostFacts {
  const sections = new Sections(printed);
  return {
    user: sections.argument("user"),
    programs: new Set(sections.lines("programs")),
    daemons: daemons(sections),
    socket: socket(sections.first("socket")),
    fileSystems: new Map(sections.all("filesystem").flatMap(fileSystem)),
    directories: new Set(sections.all("directory").map(({ argument }) => argument)),
    rootDevice: sections.argument("root"),
    routes: sections.lines("routes").flatMap(route),
    listening: sections.lines("listening").map(listening),
    links: sections.lines("links"),
    filter: sections.first("filter")?.lines,
    ownInputChain: sections.lines("inputs").length > 0,
    kernelHasAppArmor: sections.first("apparmor") !== undefined,
  };
}

/** A process is followed by the file that configures it. */
function daemons(sections: Sections): DaemonProcess[] {
  const files = sections.all("config");
  return sections.all("daemon").map(({ argument, lines: commandLine }, index) => {
    const {
      argument: configFile,
      lines: [state, ...text],
    } = files[index] ?? { argument: "", lines: [] };
    const config = state === "read" ? text.join("\n") : state === "none" ? "" : undefined;
    return { pid: Number(argument), commandLine, configFile, config };
  });
}

function socket(section: Section | undefined): SocketFacts | undefined {
  if (section === undefined) return undefined;
  const [mode = "", owner = "", group = "", ...path] = section.argument.split(" ");
  return { path: path.join(" "), mode: parseInt(mode, 8), owner, group, members: [...new Set(section.lines)].sort() };
}

function fileSystem({ argument, lines: [device = "", line = "", options = ""] }: Section): [string, FileSystem][] {
  const [, type, blocks, , free, , ...mountPoint] = line.split(/\s+/);
  if (type === undefined) return [];
  const [sizeBytes, freeBytes] = [Number(blocks) * 1024, Number(free) * 1024];
  return [[argument, { device, type, mountPoint: mountPoint.join(" "), sizeBytes, freeBytes, options: options.split(",") }]];
}

/** A line of `/proc/net/route`; numbers are hexadecimal, least byte first. The default route leads everywhere and is none of interest. */
function route(line: string): Route[] {
  const [link = "", destination = "", , , , , , mask = ""] = line.split(/\s+/);
  if (!/^[0-9A-F]{8}$/.test(destination) || mask === "00000000") return [];
  const length = parseInt(mask, 16).toString(2).replaceAll("0", "").length;
  return [{ link, range: `${addressOf(destination)}/${String(length)}` }];
}

function listening(text: string): HostPort {
  const [address = "", port = ""] = text.split(":");
  const anywhere = /^0+$/.test(address);
  return { address: anywhere ? "" : address.length === 8 ? addressOf(address) : ipv6Of(address), port: parseInt(port, 16) };
}

const bytesOf = (hex: string): number[] => (hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16));

const addressOf = (hex: string): string => bytesOf(hex).reverse().join(".");

/** Each 32-bit word has its least byte first. An address of IPv4 in it is given as such. */
function ipv6Of(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const inOrder = words
    .map((word) =>
      bytesOf(word)
        .reverse()
        .map((byte) => byte.toString(16).padStart(2, "0"))
        .join(""),
    )
    .join("");
  const mapped = /^0{20}ffff(.{8})$/.exec(inOrder)?.[1];
  if (mapped !== undefined) return bytesOf(mapped).join(".");
  const groups = (inOrder.match(/.{4}/g) ?? []).map((group) => parseInt(group, 16).toString(16)).join(":");
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}
