import { text as textOf } from "node:stream/consumers";
import { buildProbeImages } from "./probe-image";
import { differences } from "./conformance/differences";
import { SwarmNode } from "./swarm-node";
import { onHost, onNode, runningOf, serviceTf, withSwarm, words } from "./swarm-project";
import { TerraformProject } from "./terraform";
import { until } from "./until";

jest.setTimeout(300_000);

const VALUE = "correct horse battery staple";
const ENCODED = Buffer.from(VALUE).toString("base64");

const dataTf = (value = VALUE, label = "data"): string => `
resource "docker_secret" "s" {
  name = "dt-secret"
  data = base64encode("${value}")
  labels {
    label = "tier"
    value = "${label}"
  }
}
resource "docker_config" "c" {
  name     = "dt-config"
  data_raw = "${value}"
}
`;

/** A secret and a config whose names change with their content, and a service that reads both. */
const rotatedTf = (value: string): string => `
locals {
  version = substr(sha256("${value}"), 0, 8)
}
resource "docker_secret" "s" {
  name = "dt-secret-\${local.version}"
  data = base64encode("${value}")
  lifecycle {
    create_before_destroy = true
  }
}
resource "docker_config" "c" {
  name     = "dt-config-\${local.version}"
  data_raw = "${value}"
  lifecycle {
    create_before_destroy = true
  }
}
${serviceTf({
  script: "cat /run/secrets/s /etc/app.conf; echo; trap exit TERM; sleep 600 & wait",
  container: `
      secrets {
        secret_id = docker_secret.s.id
        file_name = "s"
        file_mode = 256
      }
      configs {
        config_id   = docker_config.c.id
        config_name = docker_config.c.name
        file_name   = "/etc/app.conf"
      }`,
})}`;

describe("secrets and configs", () => {
  let node: SwarmNode;

  beforeAll(async () => {
    node = await SwarmNode.single();
    await buildProbeImages(node.host);
  });

  afterAll(() => node.remove());

  const removeSecret = (): Promise<void> => node.engine.delete("/secrets/dt-secret").catch(() => undefined);
  const get = <T>(path: string): Promise<T> => node.engine.get<T>(path);

  it("are created, found unchanged, replaced for another content or label, and removed", async () => {
    await withSwarm(node, dataTf(), async (project) => {
      await project.mustApply();
      expect(await get("/configs/dt-config")).toMatchObject({ Spec: { Name: "dt-config", Data: ENCODED } });
      expect(await get("/secrets/dt-secret")).toMatchObject({ Spec: { Labels: { tier: "data" } } });
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
      project.write(onNode(node, dataTf("another")));
      expect((await project.plan()).changes).toMatchObject([
        { address: "docker_config.c", actions: ["delete", "create"], replace_paths: [["data_raw"]] },
        { address: "docker_secret.s", actions: ["delete", "create"], replace_paths: [["data"]] },
      ]);
      await project.mustApply();
      project.write(onNode(node, dataTf("another", "cache")));
      expect((await project.plan()).changes).toMatchObject([{ address: "docker_secret.s", replace_paths: [["labels"]] }]);
      await node.engine.delete("/secrets/dt-secret");
      expect((await project.plan()).changes).toMatchObject([{ address: "docker_secret.s", actions: ["create"] }]);
      expect(await project.destroy()).toMatchObject({ exitCode: 0 });
      expect(await get("/configs")).toEqual([]);
    });
  });

  it("swarm-config-secret: plans and states as recorded from the public provider 4.5.0", async () => {
    await onHost(node, async () => expect(await differences("swarm-config-secret")).toEqual([]));
  });

  it("are imported by name and by id: no other config, and the data of a secret is noted without touching it", async () => {
    await withSwarm(node, dataTf(), async (project) => {
      await project.mustApply();
      const [secret, config] = [await get<{ ID: string }>("/secrets/dt-secret"), await get<{ ID: string }>("/configs/dt-config")];
      for (const [secretId, configId] of [
        ["dt-secret", config.ID],
        [secret.ID, "dt-config"],
      ] as const) {
        await project.forget("docker_secret.s");
        await project.forget("docker_config.c");
        expect(await project.import("docker_secret.s", secretId)).toMatchObject({ exitCode: 0 });
        expect(await project.import("docker_config.c", configId)).toMatchObject({ exitCode: 0 });
        expect((await project.plan()).changes).toMatchObject([{ address: "docker_secret.s", actions: ["update"] }]);
        expect(await project.applyPlan()).toMatchObject({ exitCode: 0 });
        expect(await project.plan()).toMatchObject({ exitCode: 0 });
        expect((await get<{ ID: string }>("/secrets/dt-secret")).ID).toBe(secret.ID);
      }
      await project.forget("docker_secret.s");
      const { output } = await project.import("docker_secret.s", "nope");
      expect(words(output)).toContain('id must be the id or name of a secret of the swarm, got "nope"; `docker secret ls` lists them');
    });
    await removeSecret();
  });

  it("never show a value in plans, errors and logs", async () => {
    const before = process.env["TF_LOG_PROVIDER"];
    process.env["TF_LOG_PROVIDER"] = "TRACE";
    const project = await TerraformProject.create(onNode(node, dataTf()));
    try {
      await node.engine.post("/secrets/create", { body: { Name: "dt-secret", Data: "b3RoZXI=" } });
      const runs = [await project.check(), await project.apply()];
      await removeSecret();
      runs.push(await project.apply(), await project.check(), await project.destroy());
      const seen = runs.map(({ output }) => output).join("\n");
      // The config of the same value is no secret: it is the positive control.
      const shown = new RegExp(`data_raw += "${VALUE}"`, "g");
      expect(seen).toMatch(shown);
      expect(seen.replaceAll(shown, "")).not.toContain(VALUE);
      expect(seen).not.toContain(ENCODED);
      expect(words(seen)).toContain("secret name must be free");
    } finally {
      if (before === undefined) delete process.env["TF_LOG_PROVIDER"];
      else process.env["TF_LOG_PROVIDER"] = before;
      await project.close();
      await removeSecret();
    }
  });

  it("fails to remove what a service reads, and says what to do", async () => {
    await withSwarm(node, rotatedTf("one").replaceAll(/lifecycle \{[^}]*\}/g, ""), async (project) => {
      await project.mustApply();
      project.write(onNode(node, rotatedTf("two").replaceAll(/lifecycle \{[^}]*\}/g, "")));
      const { exitCode, output } = await project.apply();
      expect(exitCode).toBe(1);
      expect(words(output)).toMatch(
        /Error: The secret is in use .*secret dt-secret-\w{8} must be free to be removed, got the services dt-web with it; put a part that changes with the data into its name .* and set create_before_destroy, so that the services move to the new one first/,
      );
    });
  });

  it("move a service to a new value before the old one goes", async () => {
    await withSwarm(node, rotatedTf("one"), async (project) => {
      await project.mustApply();
      project.write(onNode(node, rotatedTf("two")));
      await project.mustApply();
      const [task] = await runningOf(node, "dt-web");
      const names = (await get<{ Spec: { Name: string } }[]>("/secrets")).map(({ Spec }) => Spec.Name);
      expect(names).toEqual([task?.Spec.ContainerSpec?.Secrets?.[0]?.SecretName]);
      const container = task?.Status.ContainerStatus?.ContainerID ?? "";
      const logs = async (): Promise<string | undefined> =>
        (await textOf(await node.engine.stream("GET", `/containers/${container}/logs`, { query: { stdout: true } }))) || undefined;
      // It runs before it has said anything; the engine keeps a line from its end on.
      const log = await until("what the service says of its secret", 30, logs);
      expect(log).toContain("two");
      expect(log).not.toContain("one");
      expect(await project.plan()).toMatchObject({ exitCode: 0, changes: [] });
    });
  });
});
