import type { RenderedContainer } from "./rendered-container";

/** A port of the host that leads into a container. */
export interface PublishedPort {
  readonly containerPort: number;
  /** @default - the engine takes another at each start */
  readonly hostPort: number | undefined;
  /** Empty for every address of the host. */
  readonly address: string;
}

export function publishedPorts({ attributes }: RenderedContainer): PublishedPort[] {
  return attributes.blocks("ports").map((block) => {
    const hostPort = block.number("external");
    return { containerPort: block.number("internal") ?? 0, hostPort: hostPort === 0 ? undefined : hostPort, address: block.text("ip") };
  });
}
