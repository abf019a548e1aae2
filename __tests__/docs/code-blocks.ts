import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../constructs";

/** A block of TypeScript in a page. */
export interface CodeBlock {
  /** Page and line, such as `docs/constructs/job.md:12`. */
  readonly place: string;
  readonly text: string;
}

const OVERVIEW = "docs/constructs/README.md";

function pagesOf(folder: string): string[] {
  const files = readdirSync(join(packageRoot(), folder)).filter((file) => file.endsWith(".md"));
  return files.map((file) => `${folder}/${file}`);
}

/** The page of every noun. */
export const nounPages = (): string[] => pagesOf("docs/constructs").filter((page) => page !== OVERVIEW);

const PAGES = ["README.md", ...pagesOf("docs"), OVERVIEW, ...nounPages()];

function blocksOf(page: string): CodeBlock[] {
  const text = readFileSync(join(packageRoot(), page), "utf8");
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    place: `${page}:${String(text.slice(0, match.index).split("\n").length)}`,
    text: match[1] ?? "",
  }));
}

/** Every block of TypeScript in the README and the pages of the docs. */
export const codeBlocks = (): CodeBlock[] => PAGES.flatMap(blocksOf);

const PREAMBLE = `import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { type Environment, allow, BridgeNetwork, ConfigVolume, Connections, ContainerImage, EmbeddedDockerProvider, Environments, GeneratedSecret, Health, HostLayout, IpvlanNetwork, Job, LogDriver, MacvlanNetwork, MySql, MySqlTls,
  mysqlRecipe, NetworkMode, nginxRecipe, nodeRecipe, OverlayNetwork, PublicDockerProvider, RateLimit, Redis, redisRecipe, Secret, Service, setStackDefaults, Site, StateBackend, Storage, Tls, WebTier } from "docker-tiers";
import { LogDelivery, LogRotation, Namespace } from "docker-tiers";
interface ShopProps { readonly environment: Environment }
`;

/** What readers know: the imports, an environment `environment`, and a stack `this` that a block is written into. */
export function moduleOf({ text }: CodeBlock): string {
  if (/^export class/m.test(text)) return PREAMBLE + text;
  return `${PREAMBLE}export class Example extends TerraformStack {
  constructor(scope: Construct, id: string, { environment }: ShopProps) {
    super(scope, id);
    ${text.includes("DockerProvider(") ? "" : "environment.configure(this);"}
    const image = ContainerImage.fromRegistry("registry.example/shop:1.4.2");
    {
${text}
    }
  }
}
`;
}
