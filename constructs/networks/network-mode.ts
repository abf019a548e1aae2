/** What the engine has in place of a network of one's own. */
export class NetworkMode {
  /**
   * The host's own network. It gives up that the container is kept apart, from the host's loopback and from every other service: rule
   * CIS-5.10 reports it. It has no alias and resolves none, and nothing is published, since it listens on the host itself. A service that
   * serves a port is replaced in place there, with a gap, since its successor could not listen beside it.
   */
  static host(): NetworkMode {
    return new NetworkMode("host");
  }

  /** No network at all, nor one by an `allowFrom`: the safest choice for what needs none. It has its loopback. */
  static none(): NetworkMode {
    return new NetworkMode("none");
  }

  private constructor(
    /** The engine's name. */
    readonly name: "host" | "none",
  ) {}
}
