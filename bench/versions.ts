import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { version as cdktf } from "cdktf/package.json";
import { Engine } from "../engine";

/** What the numbers were measured with, as one sentence. */
export async function versions(): Promise<string> {
  const terraform = JSON.parse(execFileSync("terraform", ["version", "-json"], { encoding: "utf8" })) as { terraform_version: string };
  const host = process.env["DOCKER_HOST"];
  const engine = await new Engine(host ? { host } : {}).get<{ Version: string }>("/version");
  const cores = cpus().length;
  return `${cores} cores, Node ${process.versions.node}, terraform ${terraform.terraform_version}, cdktf ${cdktf}, Docker ${engine.Version}`;
}
