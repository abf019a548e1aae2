import { isPeerAddress } from "../peer-address";
import { containerRule } from "../rule";

export const namesNotAddresses = containerRule({
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
    ...attributes
      .texts("env")
      .map((pair) => ({ key: pair.split("=")[0] ?? "", value: pair.slice(pair.indexOf("=") + 1) }))
      .filter(({ key, value }) => isPeerAddress(value) && !/VERSION/i.test(key))
      .map(({ key, value }) => `${withoutUser(value)} in env ${key}`),
    ...["entrypoint", "command"].flatMap((name) =>
      attributes
        .texts(name)
        .map((argument) => argument.replace(/^--?[\w-]+=/, ""))
        .filter(isPeerAddress)
        .map((value) => `${withoutUser(value)} in ${name}`),
    ),
  ],
});

/** A URL may hold a password. */
const withoutUser = (value: string): string => value.replace(/:\/\/[^/@]*@/, "://");
