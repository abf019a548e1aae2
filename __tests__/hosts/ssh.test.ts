import { join } from "node:path";
import { PrivateEngine } from "../e2e/private-engine";
import { HostProject, PASSWORD, readSecrets, STACK } from "./host-project";
import { SshServer } from "./ssh-server";

const engine = new PrivateEngine();
const server = new SshServer();
let host: HostProject;

beforeAll(async () => {
  await Promise.all([engine.start(), server.start()]);
  const variables = { HOST: server.address(engine.host.replace("unix://", "")), SSH_OPTS: server.options.join(" ") };
  host = new HostProject({ ...variables, SSH_AUTH_SOCK: server.agent });
  await host.storeSecret();
});

afterAll(async () => {
  await server.stop();
  await engine.remove();
  host.remove();
});

describe("a host that is reached by ssh", () => {
  it("gets images, containers and secrets, has nothing to change afterwards, and is left clean", async () => {
    expect(await host.prepare()).toMatch(/redis: localhost\S+ built/);
    await host.cdktf("deploy", STACK, "--auto-approve");
    expect(await readSecrets(engine.docker)).toEqual({ stored: PASSWORD, generated: expect.any(Number) as number });
    expect(await host.cdktf("diff", STACK)).toContain("No changes. Your infrastructure matches the configuration.");
    await host.cdktf("destroy", STACK, "--auto-approve");
    expect(await engine.docker.containers(STACK)).toEqual([]);
    expect(await engine.docker.networks(STACK)).toEqual([]);
  });

  it("fails with what mends it: a host key that is unknown, another one, and a key that the host does not accept", async () => {
    // A connection that is shared already would not be checked again.
    const fresh = { SSH_OPTS: [...server.options, "-o", "ControlPath=none"].join(" ") };
    const [, port = ""] = /127\.0\.0\.1:(\d+)/.exec(server.address("")) ?? [];
    const start = "DOCKER_HOST_UNREACHABLE: ssh host 127.0.0.1 must let us log in and run docker, got";
    server.trust("none");
    expect(await host.refusal(fresh)).toMatch(
      new RegExp(
        `${start} ".*Host key verification failed\\."; its host key is not in known_hosts: run ssh-keyscan -p ${port} 127.0.0.1 >>`,
      ),
    );
    server.trust("stranger");
    expect(await host.refusal(fresh)).toMatch(
      new RegExp(`${start} "Offending .*"; its host key is not the one in known_hosts: .* ssh-keygen -R '\\[127.0.0.1\\]:${port}', then`),
    );
    server.trust("host");
    expect(await host.refusal({ ...fresh, SSH_AUTH_SOCK: join("/nowhere", "agent") })).toMatch(
      new RegExp(`${start} ".*Permission denied \\(publickey\\)\\."; load a key that the host accepts into the agent: ssh-add`),
    );
  });

  it("fails where the engine over there does not answer", async () => {
    const variables = { HOST: server.address("/nowhere/docker.sock"), SSH_AUTH_SOCK: server.agent, SSH_OPTS: server.options.join(" ") };
    expect(await host.refusal(variables)).toMatch(
      /got ".*\/nowhere\/docker.sock.*"; start the engine on the host: sudo systemctl start docker/,
    );
  });
});
