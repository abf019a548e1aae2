import type { ResolvedHttp } from "./http-options";
import type { ProxyRoute } from "./nginx-proxy";
import type { NginxTls } from "./nginx-tls";
import type { NginxSite } from "./site";

/** What the web tier's nginx serves. */
export interface NginxTier {
  readonly routes: readonly ProxyRoute[];
  readonly site?: NginxSite;
  readonly http: ResolvedHttp;
  readonly tls?: NginxTls;
  /** Plain HTTP: what is served, or with TLS what is sent on. */
  readonly port: number;
  readonly tlsPort: number;
  /** Port on the container's loopback that answers `/healthz`, and `/metrics` with nginx's own figures. */
  readonly healthPort: number;
  readonly workers: number;
  /** Directory in the container that holds this configuration and its fragments. */
  readonly directory: string;
}
