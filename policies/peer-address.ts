import { isIP } from "node:net";

const CANDIDATE = /\d{1,3}(?:\.\d{1,3}){3}|f[cd][0-9a-f]{2}:[0-9a-f:.]*[0-9a-f:]/gi;
/** RFC 1918 and RFC 4193: where the engine's networks are, and hosts behind a router. */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.|^f[cd][0-9a-f]{2}:/i;

/** What stands before the address of a machine, and before nothing else. */
const HOST_BEFORE = /(?:^|[^/])\/\/$|@$|\/dev\/(?:tcp|udp)\/$|\/ip[46]\/$|::ffff:$|\bipv[46]:$|(?:^|\s)-[a-uw-z]$/i;
/** A longer word, an escape of a text apart; a part of a path; what a version has to be. */
const PART_BEFORE = /(?<!\\)[\w.-]$|\/$|[~^]$|[<>=]=$/;
const VERSION_BEFORE = /(?:version\w*|tags?|releases?|builds?)["']?(?:\s*[=:>]+\s*|\s+)["'[(]*(?:[\w.+~-]+["']?,\s?["']?)*$/i;
const TAG_BEFORE = /\w:$/;
const COMMENT_BEFORE = /(?:^|\s)#|^\s*(?:;|\/\/\s|<!--)/;
/** Where a name will not do: access lists, name servers, and what is not asked of a proxy. */
const ADDRESSES_BEFORE = /(?:^|[;{])\s*(?:allow|deny|require\s+ip|resolver|nameserver)\s[^;]*$|no_?proxy["']?\s*[=:]\s*\S*$/i;

/** A longer word, a version, and from one address to another. */
const PART_AFTER = /^(?:\w|\.\w|[-+~]\w)/;
const RANGE_AFTER = /^\/\d{1,3}(?:\.\d{1,3}){0,3}(?![\w.])/;
const PORT_AFTER = /^:\d/;

/** As much of a line as is looked at before an address. */
const LONGEST = 400;

/**
 * Private addresses of machines that stand in a text, each once. Ranges, such as `10.0.0.0/8`, are none, nor are versions, tags of images, comments, and
 * what takes no name.
 */
export function peerAddresses(text: string): string[] {
  const found = [...text.matchAll(CANDIDATE)]
    .map(({ 0: token, index }) => ({ address: token.replace(/(?<!:):$/, ""), index }))
    .filter(({ address, index }) => PRIVATE.test(address) && isIP(address) !== 0 && isPeer(text, index, address));
  return [...new Set(found.map(({ address }) => address))];
}

function isPeer(text: string, index: number, address: string): boolean {
  const before = text.slice(Math.max(0, index - LONGEST), index).replace(/^[^]*\n/, "");
  const after = text.slice(index + address.length, index + address.length + 20);
  if (PART_AFTER.test(after) || COMMENT_BEFORE.test(before)) return false;
  if (HOST_BEFORE.test(before)) return true;
  if ([PART_BEFORE, VERSION_BEFORE, ADDRESSES_BEFORE].some((pattern) => pattern.test(before)) || RANGE_AFTER.test(after)) return false;
  return PORT_AFTER.test(after) || !(TAG_BEFORE.test(before) || isNetwork(address) || isWithin(before));
}

/** The address of a whole network, which no machine has. */
const isNetwork = (address: string): boolean => /\.0$|::$/.test(address);

/** The end of a longer IPv6 address. */
const isWithin = (before: string): boolean => before.endsWith(":");
