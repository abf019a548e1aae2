import { DefaultTokenResolver, dependable, StringConcat, TerraformStack, Tokenization, type TerraformResourceLifecycle } from "cdktf";
import type { Construct } from "constructs";
import { Container as ContainerResource } from "@cdktf/provider-docker/lib/container";
import { Claims } from "./claims";
import type { ContainerSpec } from "./container-spec";
import { ConstructError } from "./errors";
import { contentHash } from "./hash";
import { identityLabels, LABEL, labelBlocks } from "./labels";
import { literalDeep } from "./literal";
import type { ContainerIdentity } from "./namespaces/namespace";
import { forPublicProvider } from "./public-provider";
import { requireOwnNetwork } from "./namespaces/own-network";
import { providerSource } from "./provider-source";
import { renderContainer, type ContainerAttributes } from "./render-container";
import { stackDefaults } from "./stack-defaults";

/** What changes without a new container, or does not reach the engine at all: no part of the configuration's hash. */
const IN_PLACE = new Set([
  "memory",
  "memory_swap",
  "cpu_period",
  "cpu_quota",
  "cpu_shares",
  "pids_limit",
  "restart",
  "attach",
  "destroy_grace_seconds",
  "must_run",
  "remove_volumes",
  "start",
  "wait",
  "wait_timeout",
]);

/** What changes in place once it is there, but comes and goes with a new container only: the hash holds whether it is there. */
const IN_PLACE_ONCE_SET = new Set(["memory_reservation", "cpu_set"]);

const NAMES = new Claims("CONTAINER_NAME", "container name");

const TOKENS = new DefaultTokenResolver(new StringConcat());

/**
 * One container on the host, rendered from its spec at synth, when every connection has been declared.
 *
 * Its labels carry a hash of its configuration, so that each change reaches it even where the provider would not see it. What is
 * replaced by a new one first carries the hash in its name too.
 */
export class Container extends ContainerResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly baseName: string,
    private readonly spec: () => ContainerSpec,
  ) {
    super(scope, id, { name: baseName, image: "" });
    NAMES.claim(TerraformStack.of(this), baseName, this);
  }

  override toTerraform(): Record<string, unknown> {
    const spec = this.spec();
    const dependencies = spec.dependsOn.map((dependency) => dependable(dependency));
    if (dependencies.length > 0) this.dependsOn = dependencies;
    const lifecycle = { ...this.lifecycle, ...(spec.rolling ? { createBeforeDestroy: true } : {}), ...this.postcondition(spec) };
    if (Object.keys(lifecycle).length > 0) this.lifecycle = lifecycle;
    return super.toTerraform() as Record<string, unknown>;
  }

  /** The attributes as the stack's provider takes them. */
  protected override synthesizeAttributes(): Record<string, unknown> {
    const spec = this.spec();
    const hash = this.configurationHash(spec);
    const attributes = renderContainer(spec, stackDefaults(this), "reference");
    requireOwnNetwork(attributes, this);
    const rendered = {
      ...(providerSource(this) === "embedded" ? attributes : forPublicProvider(attributes, this)),
      name: this.nameOf(spec, hash),
      labels: labelBlocks({ ...spec.labels, ...identityLabels(this), [LABEL.config]: hash }),
    };
    return literalDeep(rendered) as Record<string, unknown>;
  }

  /** How another container names it. Ask at synth: the name carries the configuration. */
  get identity(): ContainerIdentity {
    const spec = this.spec();
    return { reference: this.getStringAttribute("id"), name: this.nameOf(spec, this.configurationHash(spec)) };
  }

  private nameOf({ rolling }: ContainerSpec, hash: string): string {
    return rolling ? `${this.baseName}-${hash.slice(0, 8)}` : this.baseName;
  }

  /** @throws ConstructError `HCL_OUTPUT`: what is rendered here is JSON */
  protected override synthesizeHclAttributes(): never {
    throw new ConstructError("HCL_OUTPUT", "containers must be synthesised to JSON, got --hcl; leave the flag out", this);
  }

  /** The embedded provider fails a job by itself, with its exit code and last output; the public one takes any end for success. */
  private postcondition({ lifetime, owner }: ContainerSpec): Pick<TerraformResourceLifecycle, "postcondition"> {
    if (lifetime !== "job" || providerSource(this) === "embedded") return {};
    const errorMessage = `${owner.node.path} must exit with 0; docker logs has its output`;
    return { postcondition: [{ condition: "${self.exit_code == 0}", errorMessage }] };
  }

  private configurationHash(spec: ContainerSpec): string {
    const literal = renderContainer(spec, stackDefaults(this), "literal");
    const decisive = Object.entries(literal)
      .filter(([key]) => !IN_PLACE.has(key))
      .map(([key, value]): [string, unknown] => [key, IN_PLACE_ONCE_SET.has(key) ? "set" : value]);
    const content: ContainerAttributes = { ...Object.fromEntries(decisive), labels: spec.labels, overrides: this.rawOverrides as unknown };
    return contentHash(Tokenization.resolve(content, { scope: this, preparing: false, resolver: TOKENS }));
  }
}
