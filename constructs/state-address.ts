import type { TerraformStack } from "cdktf";
import { ConstructError } from "./errors";

/** What an address of a store must be. */
interface AddressRule {
  /** Name of the prop. */
  readonly prop: string;
  /** One that is right. */
  readonly example: string;
  /** Where Terraform takes the credentials from. */
  readonly credentials: string;
}

const RULES = {
  http: { prop: "address", example: "https://states.example/shop", credentials: "TF_HTTP_USERNAME and TF_HTTP_PASSWORD" },
  pg: { prop: "address", example: "postgres://tiers@db.example/states", credentials: "PGPASSWORD or PGPASSFILE" },
  s3: { prop: "endpoint", example: "https://store.example", credentials: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile" },
} as const satisfies Record<string, AddressRule>;

const PROTOCOLS = { http: ["https:", "http:"], pg: ["postgres:", "postgresql:"], s3: ["https:", "http:"] } as const;

/** Whether what is sent there stays on this machine. */
export const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * Refuses the address of a store that is none, has credentials, which would be in `cdk.tf.json`, or would carry the state in clear. It is no
 * token either: Terraform reads its backend before it knows any value.
 *
 * @throws ConstructError `STATE_BACKEND`
 */
export function requireAddress(stack: TerraformStack, kind: keyof typeof RULES, text: string): void {
  const { prop, example, credentials } = RULES[kind];
  const refuse = (what: string): never => {
    throw new ConstructError("STATE_BACKEND", `${prop} must ${what}`, stack);
  };
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known: readonly string[] = PROTOCOLS[kind];
  if (url === undefined || url.hostname === "" || !known.includes(url.protocol)) {
    return refuse(`be ${known.map((protocol) => `${protocol}//...`).join(" or ")}, got another form; use "${example}"`);
  }
  if (url.password !== "" || (url.username !== "" && kind !== "pg") || /[?&]password=/i.test(url.search)) {
    return refuse(`have no credentials, got one with them; leave them out: Terraform takes them from ${credentials}`);
  }
  if (url.protocol === "http:" && !isLoopback(url)) {
    return refuse(`be encrypted but on loopback, got "http://${url.host}"; use "https://${url.host}"`);
  }
}
