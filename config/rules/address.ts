import { isIP } from "node:net";
import { accept, refuse, rule, type Rule } from "./rule";

const MEANT = new Map([
  ["localhost", "write 127.0.0.1"],
  ["*", "write 0.0.0.0 for every IPv4 interface"],
]);

/** An IPv4 or IPv6 address of an interface. */
export const ipAddress: Rule<string> = rule("an IPv4 or IPv6 address, without a port", (text) => {
  if (isIP(text) !== 0 && !text.includes("%")) return accept(text);
  const bare = text.replace(/^\[(.*)\]$/, "$1");
  return refuse(bare !== text && isIP(bare) === 6 ? `write ${bare}` : MEANT.get(text.toLowerCase()));
});
