import type { Attributes } from "../attributes";
import { peerAddresses } from "../peer-address";
import { containerRule } from "../rule";

export const namesNotAddresses = containerRule(
  {
    id: "TIERS-ADDRESS",
    severity: "error",
    owasp: [],
    must: "containers must be known by name, not by address",
    why: "an address changes with the next start, and the entry leads to a stranger",
    mend: "use the alias of the service on a shared network, such as by allowFrom, or a StaticAddress with its reason",
    check: ({ attributes }) => [
      ...attributes
        .blocks("host")
        .filter((entry) => entry.text("ip") !== "host-gateway")
        .map((entry) => `host entry ${entry.text("host")} = ${entry.text("ip")}`),
      ...attributes
        .blocks("networks_advanced")
        .flatMap((seat) => [seat.text("ipv4_address"), seat.text("ipv6_address")])
        .filter((address) => address !== "")
        .map((address) => `fixed address ${address}`),
      ...attributes.texts("env").flatMap((pair) => found(pair, `env ${pair.split("=")[0] ?? ""}`)),
      ...["entrypoint", "command"].flatMap((name) => found(attributes.texts(name).join(" "), name)),
      ...attributes.blocks("healthcheck").flatMap((probe) => found(probe.texts("test").join(" "), "healthcheck")),
      ...attributes
        .blocks("upload")
        .filter((file) => !DOCUMENT.test(file.text("file")))
        .flatMap((file) => found(textOf(file), file.text("file"))),
    ],
  },
  () => true,
);

/** What people read: an address in it leads no program anywhere. */
const DOCUMENT = /\.(?:html?|css|md|svg|map)$/i;

const found = (text: string, place: string): string[] => peerAddresses(text).map((address) => `${address} in ${place}`);

/** Empty for what is no text. */
function textOf(file: Attributes): string {
  const text = file.text("content") + Buffer.from(file.text("content_base64"), "base64").toString("latin1");
  return text.includes("\0") ? "" : text;
}
