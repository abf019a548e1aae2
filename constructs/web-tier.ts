import { Construct } from "constructs";
import { nginxRecipe } from "../images/recipes/nginx";
import { BridgeNetwork } from "./networks/bridge-network";
import type { INetwork } from "./networks/network";
import type { IContainerImage } from "./images/bound-image";
import { ConfigVolume } from "./config-volume";
import { Connections } from "./connections";
import { Container } from "./container";
import { ContainerImage } from "./images/container-image";
import { requireReachable } from "./crossing";
import { ConstructError } from "./errors";
import { Health } from "./health";
import { localName, objectName } from "./naming";
import { nginxConfig, type ProxyRoute } from "./nginx-config";
import type { Service } from "./service";
import { Workload, type IClient } from "./workload";

/** Where the host listens for the web tier. */
export interface Publish {
  readonly port: number;
  /** Address of the host; `0.0.0.0` is every one. @default "127.0.0.1" */
  readonly address?: string;
}

export interface WebTierProps {
  /** At least 16. */
  readonly memoryMiB: number;
  /** Services by the path under which they answer: `/`, `/api`. The path is handed on unchanged. @default - none */
  readonly routes?: Readonly<Record<string, Service>>;
  /** Directory on this machine with static files, 1 MiB at most. @default - none */
  readonly site?: string;
  /** @default - reachable from the networks of its routes only */
  readonly publish?: Publish;
  /** A network on which peers find it by its alias. @default - none */
  readonly network?: INetwork;
  /** nginx 1.27.3 or newer. @default - from packages */
  readonly image?: IContainerImage;
  /** @default 1 */
  readonly cpus?: number;
}

/** Above 1023, so that no capability is needed on any engine. */
const HTTP_PORT = 8080;
const HEALTH_PORT = 8081;
const NGINX = { uid: 101, gid: 101 };
const ROOT = "/usr/share/nginx/site";

/**
 * nginx in front of services and static files. Only what publishes has a network that is not internal.
 *
 * @throws ConstructError `WEB_TIER_EMPTY`, `WEB_TIER_ROUTE`, `MEMORY`, `PORT`, `OTHER_HOST`, `OTHER_ENVIRONMENT`
 */
export class WebTier extends Construct implements IClient {
  readonly workload: Workload;
  /** Where a browser on the host finds it. @default - undefined when it is not published */
  readonly url: string | undefined;

  constructor(scope: Construct, id: string, props: WebTierProps) {
    super(scope, id);
    const image = props.image ?? ContainerImage.fromPackages(nginxRecipe);
    const routes = proxyRoutes(this, props);
    const cpus = props.cpus ?? 1;
    this.url = props.publish === undefined ? undefined : publicUrl(props.publish);
    this.workload = new Workload(this, {
      image,
      lifetime: "service",
      memoryMiB: props.memoryMiB,
      cpus,
      user: NGINX,
      entrypoint: ["nginx"],
      command: ["-c", "/etc/docker-tiers/nginx.conf", "-g", "daemon off;"],
      tmpfs: {
        "/run": { sizeMiB: 1, owner: NGINX },
        "/var/cache/nginx": { sizeMiB: 8, owner: NGINX },
        "/tmp": { sizeMiB: 1, mode: "1777" },
      },
      health: Health.http("/healthz", { port: HEALTH_PORT, intervalSeconds: 2, startPeriodSeconds: 5 }),
      stopSignal: "SIGQUIT",
      published:
        props.publish === undefined
          ? []
          : [{ containerPort: HTTP_PORT, hostPort: props.publish.port, address: props.publish.address ?? "127.0.0.1" }],
    });
    this.attach(props);
    const config = nginxConfig({
      routes,
      port: HTTP_PORT,
      healthPort: HEALTH_PORT,
      workers: Math.ceil(cpus),
      ...(props.site === undefined ? {} : { root: ROOT }),
    });
    new ConfigVolume(this, "Config", { image, files: { "nginx.conf": config } }).mountInto(this.workload, "/etc/docker-tiers");
    if (props.site !== undefined) {
      new ConfigVolume(this, "Site", { image, files: ConfigVolume.files(props.site) }).mountInto(this.workload, ROOT);
    }
    new Container(this, "Resource", objectName(this), () => this.workload.spec());
  }

  private attach({ network, routes = {}, publish }: WebTierProps): void {
    if (network !== undefined) this.workload.attach({ network, aliases: [localName(this)] });
    for (const service of Object.values(routes)) {
      this.reach(service);
    }
    if (publish !== undefined) {
      this.workload.attach({ network: new BridgeNetwork(this, "Front", { internal: false, masquerade: false }), aliases: [] });
    }
  }

  private reach(service: Service): void {
    const { network, port } = service;
    if (network === undefined || port === undefined) return;
    requireReachable(this, service);
    this.workload.attach({ network, aliases: [] });
    Connections.of(this).add({ from: this, to: service, port, network });
  }
}

function proxyRoutes(tier: WebTier, { routes = {}, site }: WebTierProps): ProxyRoute[] {
  const fail = (code: string, message: string): never => {
    throw new ConstructError(code, message, tier);
  };
  const entries = Object.entries(routes).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0 && site === undefined)
    fail("WEB_TIER_EMPTY", 'web tier must serve something, got neither routes nor a site; add routes: { "/": service }');
  if (site !== undefined && routes["/"] !== undefined)
    fail("WEB_TIER_ROUTE", 'one thing must answer "/", got a site and a route; move the route to "/app"');
  return entries.map(([path, { alias, port, network, node, deduplicates }]) => {
    if (!/^\/$|^(\/[A-Za-z0-9._~-]+)+$/.test(path))
      fail("WEB_TIER_ROUTE", `route must be a path without a final slash, got ${JSON.stringify(path)}; use "/api"`);
    if (network === undefined) return fail("WEB_TIER_ROUTE", `${node.path} must be on a network, got none; set its network`);
    if (port === undefined) return fail("WEB_TIER_ROUTE", `${node.path} must serve a port, got none; set its port`);
    return { path, alias, port, deduplicates };
  });
}

function publicUrl({ port, address = "127.0.0.1" }: Publish): string {
  const everywhere = address === "0.0.0.0" || address === "::";
  const host = everywhere ? "localhost" : address.includes(":") ? `[${address}]` : address;
  return `http://${host}:${String(port)}/`;
}
