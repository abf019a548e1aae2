import { Engine } from "../../engine";

/** The engine of these tests, terraform's and their own: that of the variable, else the host's. */
export const HOST = process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock";

export const testEngine = (): Engine => new Engine({ host: HOST });
