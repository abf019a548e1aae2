import { Construct } from "constructs";
import { nginxRecipe } from "../../images/recipes/nginx";
import { BridgeNetwork } from "../networks/bridge-network";
import type { INetwork } from "../networks/network";
import type { IContainerImage } from "../images/bound-image";
import { ConfigVolume } from "../config-volume";
import { Connections } from "../connections";
import { Container } from "../container";
import { ContainerImage } from "../images/container-image";
import { requireReachable } from "../crossing";
import { ConstructError } from "../errors";
import { Health } from "../health";
import { localName, objectName } from "../naming";
import { runtimeOptions, type RuntimeOptions } from "../runtime-options";
import type { Service } from "../service";
import { Workload, type IClient } from "../workload";
import { checkFirst } from "./configuration-check";
import { resolveHttp, type HttpOptions } from "./http-options";
import { nginxConfig } from "./nginx-config";
import { CONFIGURATION, nginxProcess } from "./nginx-process";
import type { NginxTls } from "./nginx-tls";
import { PORTS, publicUrl, publishedPorts, type Publish } from "./publish";
import { proxyRoutes, requireDistinct, routeList, type Route, type Routes } from "./route";
import { Site } from "./site";
import type { Tls } from "./tls";

export interface WebTierProps extends RuntimeOptions {
  /** At least 16. */
  readonly memoryMiB: number;
  /** Services by the path under which they answer, `{ "/api": api }`, or a list that says more of each. @default - none */
  readonly routes?: Routes;
  /** Static files: a directory on this machine, 1 MiB at most, or that with its caching. @default - none */
  readonly site?: string | Site;
  /** The certificate. @default - plain HTTP */
  readonly tls?: Tls;
  /** @default - reachable from the networks of its routes only */
  readonly publish?: Publish;
  /** Headers, compression, limits, log and your own nginx directives. */
  readonly http?: HttpOptions;
  /** A network on which peers find it by its alias. @default - none */
  readonly network?: INetwork;
  /** Lets it onto networks of another environment, and ask services there. @default false */
  readonly otherEnvironment?: boolean;
  /** nginx 1.27.4 or newer; with TLS on OpenSSL 3.5 or newer. @default - from packages */
  readonly image?: IContainerImage;
  /** @default 1 */
  readonly cpus?: number;
}

const NGINX = { uid: 101, gid: 101 };
const ROOT = "/usr/share/nginx/site";
const TMPFS = {
  "/run": { sizeMiB: 1, owner: NGINX },
  "/var/cache/nginx": { sizeMiB: 8, owner: NGINX },
  "/tmp": { sizeMiB: 1, mode: "1777" },
};

/**
 * nginx in front of services and static files. Only what publishes has a network that is not internal.
 *
 * @throws ConstructError `WEB_TIER_EMPTY`, `WEB_TIER_ROUTE`, `WEB_TIER_HOST`, `WEB_TIER_SITE`, `WEB_TIER_REDIRECT`, `BODY_SIZE`, `HTTP_HEADER`,
 * `HTTP_PRIVATE_PATH`, `NGINX_FRAGMENT`, `HOST_PATH`, `TLS_FILE`, `MEMORY`, `PORT`, `OTHER_HOST`, `OTHER_ENVIRONMENT`
 */
export class WebTier extends Construct implements IClient {
  readonly workload: Workload;
  /** Where a browser on the host finds it. @default - undefined when it is not published */
  readonly url: string | undefined;
  private readonly image: IContainerImage;
  private readonly site: Site | undefined;

  constructor(scope: Construct, id: string, props: WebTierProps) {
    super(scope, id);
    const { routes = {}, site, tls, publish, image = ContainerImage.fromPackages(nginxRecipe), cpus = 1 } = props;
    const list = routeList(routes);
    this.image = image;
    this.site = typeof site === "string" ? Site.fromDirectory(site) : site;
    const published = publishedPorts(this, publish, tls !== undefined);
    const certificate = tls?.bind(this, image);
    const spoken = tls && certificate && { ...certificate.files, profile: tls.profile, hsts: tls.hsts, publicPort: publish?.port ?? 443 };
    const text = this.configuration(list, props, spoken);
    const { files, ...program } = nginxProcess(certificate?.files);
    this.url = publish && publicUrl(publish, tls !== undefined);
    this.workload = new Workload(this, {
      ...runtimeOptions(props),
      image,
      lifetime: "service",
      memoryMiB: props.memoryMiB,
      cpus,
      user: NGINX,
      ...program,
      tmpfs: TMPFS,
      health: Health.http("/healthz", { port: PORTS.health, intervalSeconds: 2, startPeriodSeconds: 5 }),
      stopSignal: "SIGQUIT",
      published,
    });
    this.attach(list, props);
    this.mountConfiguration({ "nginx.conf": text, ...files }, props.http);
    if (certificate) this.workload.mount(certificate.mount);
    if (certificate?.after) this.workload.addDependency(certificate.after);
    if (certificate !== undefined || props.http?.fragments !== undefined) checkFirst(this);
    else new Container(this, "Resource", objectName(this), () => this.workload.spec());
  }

  private configuration(list: readonly Route[], { http, cpus = 1 }: WebTierProps, tls: NginxTls | undefined): string {
    const { site } = this;
    const options = resolveHttp(this, http);
    site?.validate(this);
    if (list.length === 0 && site === undefined) {
      const message = 'web tier must serve something, got neither routes nor a site; add routes: { "/": service }';
      throw new ConstructError("WEB_TIER_EMPTY", message, this);
    }
    if (site) requireDistinct(this, list, site.options);
    return nginxConfig({
      routes: proxyRoutes(this, list, options.maxBodyMiB),
      http: options,
      port: PORTS.http,
      tlsPort: PORTS.https,
      healthPort: PORTS.health,
      workers: Math.ceil(cpus),
      directory: CONFIGURATION,
      ...(site && { site: { ...site.options, root: ROOT } }),
      ...(tls && { tls }),
    });
  }

  private mountConfiguration(files: Readonly<Record<string, string>>, { fragments = {} }: HttpOptions = {}): void {
    const { image, workload, site } = this;
    const { http, server } = fragments;
    const all = { ...files, ...(http && { "http.conf": http }), ...(server && { "server.conf": server }) };
    new ConfigVolume(this, "Config", { image, files: all }).mountInto(workload, CONFIGURATION);
    if (site === undefined) return;
    new ConfigVolume(this, "Site", { image, files: ConfigVolume.files(site.directory) }).mountInto(workload, ROOT);
  }

  private attach(routes: readonly Route[], { network, publish, otherEnvironment = false }: WebTierProps): void {
    if (network !== undefined) this.workload.attach({ network, aliases: [localName(this)], otherEnvironment });
    for (const { service } of routes) this.reach(service, otherEnvironment);
    if (publish !== undefined) {
      this.workload.attach({ network: new BridgeNetwork(this, "Front", { internal: false, masquerade: false }), aliases: [] });
    }
  }

  private reach(service: Service, otherEnvironment: boolean): void {
    const { network, port } = service;
    if (network === undefined || port === undefined) return;
    requireReachable(this, service, { otherEnvironment, scope: network.scope });
    this.workload.attach({ network, aliases: [], otherEnvironment });
    Connections.of(this).add({ from: this, to: service, port, network });
  }
}
