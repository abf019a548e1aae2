import { run, synthesised } from "./checked-project";

/** What `tiers check prod` says of a container that is safe but for this. */
function verdict(attributes: object): string[] {
  synthesised("prod", attributes);
  const { printed, failure } = run("prod");
  expect(failure?.[0]).toBe("failed");
  return printed.split("\n").slice(1);
}

describe("a bad declaration", () => {
  it("is none where a container is safe", () => {
    synthesised("prod");
    expect(run("prod").failure).toBeUndefined();
  });

  it.each([
    [
      "privileged",
      { privileged: true },
      ["CIS-5.5: container must not be privileged, got privileged = true; leave privileged out and name the capability that is needed"],
    ],
    [
      "root",
      { user: "0:0" },
      ["CIS-4.1: process must run as a user that is not root, got user = 0:0; set user, or leave it out for 1000:1000"],
    ],
    [
      "a writable root",
      { read_only: false },
      [
        "CIS-5.13: root file system must be read-only, got read_only = false; leave readOnlyRoot out, and give tmpfs or mounts for what is written",
      ],
    ],
    ["no memory cap", { memory: 0 }, ["CIS-5.11: memory must have a cap, got memory = 0; set memoryMiB to what a load test decides"]],
    [
      "capabilities",
      { capabilities: [{ drop: [] }] },
      [
        "CIS-5.4: all capabilities must be dropped and only harmless ones given back, got no drop of ALL; leave capabilities out, or name the few that are needed",
      ],
    ],
    [
      "new privileges",
      { security_opts: [] },
      [
        "CIS-5.26: process must not gain privileges, got no no-new-privileges:true in security_opts; set no-new-privileges:true, as every construct does",
      ],
    ],
    [
      "the host's network",
      { network_mode: "host" },
      ["CIS-5.10: container must have a network of its own, got network_mode = host; use network: new BridgeNetwork(...)"],
    ],
    [
      "the engine's socket",
      { volumes: [{ host_path: "/var/run/docker.sock", container_path: "/x" }] },
      [
        "CIS-5.6: no directory of the system must be mounted, got /var/run/docker.sock; use Storage.volume(), or Storage.hostDirectory() with a directory such as /srv/data",
        "CIS-5.32: socket of the engine must not be mounted, got /var/run/docker.sock; leave the mount out",
      ],
    ],
    [
      "a port on all interfaces",
      { ports: [{ internal: 8080, external: 8080, ip: "0.0.0.0" }] },
      [
        "CIS-5.14: published port must name the interface that it listens on, got 0.0.0.0 for port 8080; set WEB_BIND_ADDRESS or publish.address to an address of the host",
      ],
    ],
    [
      "no exact version",
      { image: "registry.example/shop:latest" },
      [
        "TIERS-VERSION: image must be one exact version, got registry.example/shop:latest; name a version such as nginx:1.30.6",
        "TIERS-DIGEST: image must be pinned to its content, got registry.example/shop:latest; add @sha256:..., or use ContainerImage.fromPackages or fromBuild",
      ],
    ],
    [
      "a secret in a variable",
      { env: ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"] },
      [
        "TIERS-SECRET: no secret must be in environment, labels, command, log options or uploaded files, got secret value in env AWS_SECRET_ACCESS_KEY; hand it over as a file, such as by allowFrom or a Secret",
      ],
    ],
  ])("%s is refused with the sentence that mends it", (_what, attributes, sentences) => {
    expect(verdict(attributes)).toEqual(sentences.map((sentence) => `error    ${sentence} (at prod/Shop/Resource)`));
  });
});
