import { BridgeNetwork, Secret } from "../../constructs";
import { command, reachHost, service, shop, versionId } from "./secret-project";
import { address, synth, type TerraformJson } from "./synth";

describe("the program that writes a stored secret", () => {
  it("is this package's own program, run without a shell, by relative paths alone", () => {
    const json = shop();
    const [node, program, ...rest] = command(json, "Shop/Secret-smtp/Push");
    expect([node, program]).toEqual(["node", expect.stringMatching(/^(\.\.\/)+.*dist\/cli\/bin\.js$/)]);
    const volume = address(json, "docker_volume", "Shop/Secret-smtp/Volume");
    expect(rest).toEqual([
      "secrets",
      "push",
      "--environment=dev",
      expect.stringMatching(/^--directory=(\.\.\/)+.*secrets$/),
      `--version-id=${versionId()}`,
      `--volume=\${${volume}.name}`,
      "--image=${docker_image.Image-shop-591cd6a0.image_id}",
      "--owner=1000:1000",
      "--mode=0400",
      "--project=shop",
      "--stack=dev",
      "--path=dev/Shop/Secret-smtp/Push",
      "--host=unix:///var/run/docker.sock",
      "smtp",
    ]);
  });

  it.each([
    [
      { host: undefined },
      'got none, which leaves it to DOCKER_HOST; write host: "unix:///var/run/docker.sock" or ssh://user@host in its DockerProvider',
    ],
    [
      { context: "remote" },
      'got context "remote"; write host: "unix:///var/run/docker.sock" or ssh://user@host in its DockerProvider with what docker context inspect remote shows',
    ],
  ])("fails where the shell or a context chooses the host: %j", (config, told) => {
    const build = (): unknown =>
      synth((stack) => {
        reachHost(stack, config);
        Secret.fromStore("smtp").mountInto(service(stack));
      });
    expect(build).toThrow(`SECRET_HOST: host of a stack with secrets must be written down, ${told} (at dev/Shop/Secret-smtp/Push)`);
  });

  it("is reached as the stack's provider reaches its host", () => {
    const json = synth((stack) => {
      reachHost(stack, {
        host: "ssh://deploy@shop.example",
        certPath: "../../../certs",
        sshOpts: ["-o", "StrictHostKeyChecking=yes"],
      });
      Secret.fromStore("smtp").mountInto(service(stack));
    });
    expect(command(json, "Shop/Secret-smtp/Push").slice(-5)).toEqual([
      "--host=ssh://deploy@shop.example",
      "--cert-path=../../../certs",
      "--ssh-option=-o",
      "--ssh-option=StrictHostKeyChecking=yes",
      "smtp",
    ]);
  });

  it("is owned by the user and readable by the group that a consumer names", () => {
    const json = shop((service) => Secret.fromStore("smtp").mountInto(service, { user: { uid: 7, gid: 8 }, mode: "0440" }));
    expect(command(json, "Shop/Secret-smtp/Push")).toEqual(expect.arrayContaining(["--owner=7:8", "--mode=0440"]));
  });

  it("fails where the host's certificates are given as text", () => {
    const material = (): TerraformJson =>
      synth((stack) => {
        reachHost(stack, { certMaterial: "PEM" });
        Secret.fromStore("smtp").mountInto(service(stack, "Shop"));
        new BridgeNetwork(stack, "Edge");
      });
    expect(material).toThrow(
      "SECRET_TLS: certificates of a host with secrets must be files, got them as text; give their directory as certPath (at dev/Shop/Secret-smtp/Push)",
    );
  });
});
