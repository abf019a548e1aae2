import type { IConstruct } from "constructs";
import { ConstructError } from "../errors";

/** Kinds of commands, by the server's own words. */
const CATEGORIES = [
  "@admin",
  "@all",
  "@bitmap",
  "@blocking",
  "@connection",
  "@dangerous",
  "@fast",
  "@geo",
  "@hash",
  "@hyperloglog",
  "@keyspace",
  "@list",
  "@pubsub",
  "@read",
  "@scripting",
  "@set",
  "@slow",
  "@sortedset",
  "@stream",
  "@string",
  "@transaction",
  "@write",
] as const;

export type RedisCategory = (typeof CATEGORIES)[number];

/** What a client may do, and with which keys. */
export interface RedisGrant {
  /** Patterns of keys that it reads and writes, such as `shop:*`. @default - all, unless `readKeys` says some */
  readonly keys?: readonly string[];
  /** Patterns of keys that it reads only. @default - none */
  readonly readKeys?: readonly string[];
  /** Patterns of channels that it publishes to and subscribes to. @default - none */
  readonly channels?: readonly string[];
  /** Kinds of commands, and single ones such as `keys` or `config|get`. `@admin` and `@dangerous` are left out unless named. @default - `@all` and `info` */
  readonly commands?: readonly (RedisCategory | Lowercase<string>)[];
}

/** Kept from every client that does not name it. */
const RISKY = ["@admin", "@dangerous"];

/**
 * The rules of an account, in the words of an ACL file.
 *
 * @throws ConstructError `REDIS_ACL` for an empty pattern, one with a space, and for what is no command
 */
export function aclRules(client: IConstruct, { keys, readKeys = [], channels = [], commands = ["@all", "info"] }: RedisGrant): string {
  const fail = (message: string): never => {
    throw new ConstructError("REDIS_ACL", message, client);
  };
  for (const pattern of [...(keys ?? []), ...readKeys, ...channels]) {
    if (!/^[!-~]+$/.test(pattern)) fail(`pattern must be visible ASCII characters, got ${JSON.stringify(pattern)}; use "shop:*"`);
  }
  for (const command of commands) {
    const known = command.startsWith("@")
      ? (CATEGORIES as readonly string[]).includes(command)
      : /^[a-z][a-z0-9._-]*(\|[a-z0-9-]+)?$/.test(command);
    if (!known) fail(`command must be a command or a kind of commands, got ${JSON.stringify(command)}; use "@read"`);
  }
  const kinds = commands.filter((command) => command.startsWith("@") && !RISKY.includes(command));
  const named = commands.filter((command) => !kinds.includes(command));
  return [
    "resetkeys",
    ...(keys ?? (readKeys.length === 0 ? ["*"] : [])).map((pattern) => `~${pattern}`),
    ...readKeys.map((pattern) => `%R~${pattern}`),
    "resetchannels",
    ...channels.map((pattern) => `&${pattern}`),
    "-@all",
    ...["@connection", ...kinds].map((kind) => `+${kind}`),
    ...RISKY.map((kind) => `-${kind}`),
    ...named.map((command) => `+${command}`),
  ].join(" ");
}
