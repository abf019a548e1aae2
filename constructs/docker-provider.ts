import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DockerProvider, type DockerProviderConfig } from "@cdktf/provider-docker/lib/provider";
import { afterSynth } from "./after-synth";
import { providerBundle } from "./provider-bundle";
import { linkProvider } from "./provider-link";
import { EMBEDDED_SOURCE } from "./provider-source";

/** The version of the public provider that stacks are planned with; they are valid from 3.6.2 on. */
export const KREUZWERKER_VERSION = "4.5.0";

/** How a host's daemon is reached. The host is always written down: a variable of the shell must not redirect a deploy. */
export interface HostProviderConfig extends DockerProviderConfig {
  readonly host: string;
}

/**
 * The provider that comes with this package: no download, no registry. It is linked into the stack's directory when the stack is
 * synthesised, so that a plain `npx cdktf deploy` finds it.
 *
 * @throws ConstructError `PROVIDER_BUNDLE` when it was not built, or not from the sources beside it
 */
export class EmbeddedDockerProvider extends DockerProvider {
  constructor(scope: Construct, id: string, config: HostProviderConfig) {
    super(scope, id, config);
    const bundle = providerBundle();
    setSource(this, EMBEDDED_SOURCE, bundle.version);
    afterSynth(TerraformStack.of(this), (directory) => {
      linkProvider(directory, bundle);
    });
  }
}

/** The public `kreuzwerker/docker`, from the registry or a mirror of it. */
export class PublicDockerProvider extends DockerProvider {
  constructor(scope: Construct, id: string, config: HostProviderConfig) {
    super(scope, id, config);
    setSource(this, "kreuzwerker/docker", KREUZWERKER_VERSION);
  }
}

/** The bindings name one source and version; cdktf reads both from these fields when it writes `required_providers`. */
function setSource(provider: DockerProvider, source: string, version: string): void {
  Object.assign(provider, {
    terraformProviderSource: source,
    terraformGeneratorMetadata: { providerName: "docker", providerVersion: version, providerVersionConstraint: version },
  });
}
