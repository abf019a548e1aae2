import type { ContainerSetup } from "../container";

export const DIGEST = `sha256:${"ab".repeat(32)}`;
export const dockerfile = (...lines: readonly string[]): ContainerSetup => ({
  image: {
    reference: "localhost/docker-tiers/shop:0123456789ab",
    dockerfile: ["FROM scratch", "HEALTHCHECK CMD true", ...lines].join("\n"),
  },
});
export const attributes = (values: NonNullable<ContainerSetup["attributes"]>): ContainerSetup => ({ attributes: values });
export const ports = (...blocks: readonly object[]): ContainerSetup => attributes({ ports: blocks });
export const LOCAL_PORT = { internal: 8080, external: 8080, ip: "127.0.0.1", protocol: "tcp" };
export const JOB = {
  must_run: false,
  attach: true,
  user: "0:0",
  networks_advanced: undefined,
  network_mode: "none",
  healthcheck: [{ test: ["NONE"] }],
};
export const LOADER = { ...JOB, attach: undefined, start: false, healthcheck: [], read_only: false };

/** What a rule over a container takes, and what it refuses with which messages. */
export interface Cases {
  readonly passes: readonly ContainerSetup[];
  readonly fails: readonly (readonly [ContainerSetup, ...string[]])[];
}
