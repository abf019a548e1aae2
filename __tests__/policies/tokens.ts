/** Characters that look random and are always the same. */
const filler = (length: number, alphabet: string): string =>
  Array.from({ length }, (_, index) => alphabet[(index * 7 + (index % 5) * 3 + 2) % alphabet.length]).join("");

const HEX = "0123456789abcdef";
const UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const ALNUM = "aB3dE5fG7hJ9kLmN1pQ2rS4tU6vW8xYz0";
const hex = (length: number): string => filler(length, HEX);
const upper = (length: number): string => filler(length, UPPER);
const alnum = (length: number): string => filler(length, ALNUM);

/**
 * Tokens of the shapes that vendors document, put together when the tests run: none stands in a file, where a scanner would take it for a real
 * one.
 */
const tokens: Readonly<Record<string, string>> = {
  "AWS access key": ["AK", "IA", upper(16)].join(""),
  GitHub: ["gh", "p_", alnum(36)].join(""),
  "GitHub fine-grained": ["github", "_pat_", alnum(22), "_", alnum(59)].join(""),
  GitLab: ["gl", "pat-", alnum(20)].join(""),
  Slack: ["xo", "xb-", "123456789012-1234567890123-", alnum(24)].join(""),
  "Slack webhook": ["https://hooks.", "slack.com/services/", `T${upper(10)}/B${upper(10)}/`, alnum(24)].join(""),
  Stripe: ["sk", "_live_", alnum(24)].join(""),
  "Google API key": ["AI", "za", alnum(35)].join(""),
  "Google client secret": ["GOC", "SPX-", alnum(28)].join(""),
  npm: ["np", "m_", alnum(36)].join(""),
  PyPI: ["py", "pi-AgEIcHlwaS5vcmc", alnum(60)].join(""),
  "Docker Hub": ["dckr", "_pat_", alnum(27)].join(""),
  "Hugging Face": ["h", "f_", alnum(34)].join(""),
  "API key": ["sk", "-ant-", "api03-", alnum(93)].join(""),
  SendGrid: ["S", "G.", alnum(22), ".", alnum(43)].join(""),
  Twilio: ["S", "K", hex(32)].join(""),
  Telegram: ["123456789:", "AA", alnum(33)].join(""),
  DigitalOcean: ["dop", "_v1_", hex(64)].join(""),
  Vault: ["hv", "s.", alnum(90)].join(""),
  Shopify: ["shp", "at_", hex(32)].join(""),
  "Azure storage key": ["DefaultEndpointsProtocol=https;Account", "Key=", alnum(86), "=="].join(""),
  "JSON web token": ["ey", "JhbGciOiJIUzI1NiJ9", ".ey", "JzdWIiOiIxMjM0NTY3ODkwIn0", ".", alnum(43)].join(""),
  "private key": ["-----BEGIN ", "OPENSSH PRIVATE", " KEY-----\n", alnum(64), "\n-----END"].join(""),
  "age key": ["AGE-SECRET", "-KEY-1", upper(58)].join(""),
  URL: ["postgres://shop", ":", alnum(12), "@db.example:5432/shop"].join(""),
  "password hash": ["$2", "b$12$", alnum(53)].join(""),
  "authorization header": ["Authorization", ": Basic ", alnum(24)].join(""),
  Grafana: ["gl", "sa_", alnum(32), "_", hex(8)].join(""),
};

/** A token of a known shape. */
export function token(name: string): string {
  const found = tokens[name];
  if (found === undefined) throw new Error(`token must be one of ${Object.keys(tokens).join(", ")}, got "${name}"`);
  return found;
}

export const tokenNames: readonly string[] = Object.keys(tokens);
