import { Engine } from "../../engine";

/** The engine of these tests, terraform's and their own: that of the variable, else the host's. */
export const HOST = process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock";

export const testEngine = (): Engine => new Engine({ host: HOST });

/** With the containerd image store an image is its manifest, so that one without a registry has a digest, too. */
export async function storesManifests(engine: Engine): Promise<boolean> {
  const { DriverStatus } = await engine.get<{ DriverStatus: readonly (readonly string[])[] | null }>("/info");
  return (DriverStatus ?? []).some(([name, value]) => name === "driver-type" && value?.startsWith("io.containerd.") === true);
}
