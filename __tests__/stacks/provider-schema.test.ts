import { ENVIRONMENTS } from "./clone";
import { golden } from "./golden";
import { type Configuration, ProviderSchema } from "./provider-schema";

const VERSIONS = ["3.6.2", "3.9.0", "4.5.0"] as const;

const recorded = (environment: string, provider: string): Configuration => JSON.parse(golden(environment, provider)) as Configuration;

const container = (values: object): Configuration => ({ resource: { docker_container: { a: { name: "a", image: "a:1", ...values } } } });

const faults = (version: string, configuration: Configuration): string[] => new ProviderSchema(version).faults(configuration);

describe.each(VERSIONS)("under the schema of the public provider %s", (version) => {
  it.each(ENVIRONMENTS)("the guestbook in %s is valid", (environment) => {
    expect(faults(version, recorded(environment, "kreuzwerker"))).toEqual([]);
  });

  it("fails for the embedded provider's own attribute, and for nothing else of it", () => {
    const found = faults(version, recorded("dev", "embedded"));
    expect(found).not.toEqual([]);
    expect(
      found.filter((fault) => !/^docker_container\.\w+\.pids_limit: no such attribute or block$/.test(fault.replaceAll("-", "_"))),
    ).toEqual([]);
  });

  it.each<[string, Configuration, string[]]>([
    ["an unknown attribute", container({ memori: 64 }), ["docker_container.a.memori: no such attribute or block"]],
    ["another type", container({ memory: "much" }), ['docker_container.a.memory: must be "number", got "much"']],
    ["a list for a map", container({ log_opts: ["a"] }), ['docker_container.a.log_opts: must be ["map","string"], got ["a"]']],
    ["what is computed alone", container({ exit_code: 0 }), ["docker_container.a.exit_code: cannot be set"]],
    [
      "two blocks where one may be",
      container({ healthcheck: [{ test: ["NONE"] }, { test: ["NONE"] }] }),
      ["docker_container.a.healthcheck: must be 0 to 1 blocks, got 2"],
    ],
    [
      "an unknown attribute of a block",
      container({ ports: [{ internal: 80, adress: "::1" }] }),
      ["docker_container.a.ports[0].adress: no such attribute or block"],
    ],
    ["a block without what it needs", container({ ports: [{ external: 80 }] }), ["docker_container.a.ports[0].internal: required"]],
    [
      "a value for a block",
      container({ labels: { a: "b" } }),
      [
        "docker_container.a.labels[0].a: no such attribute or block",
        "docker_container.a.labels[0].label: required",
        "docker_container.a.labels[0].value: required",
      ],
    ],
    ["a missing name", { resource: { docker_network: { a: {} } } }, ["docker_network.a.name: required"]],
    ["an unknown type", { resource: { docker_pod: { a: {} } } }, ["docker_pod.a: no such type"]],
    ["an unknown data source", { data: { docker_pod: { a: {} } } }, ["data.docker_pod.a: no such type"]],
    [
      "an unknown setting of the provider",
      { provider: { docker: [{ hosts: "" }] } },
      ["provider.docker.hosts: no such attribute or block"],
    ],
    [
      "what excludes each other",
      { resource: { docker_image: { a: { name: "a:1", build: { context: "." }, pull_triggers: [] } } } },
      ["docker_image.a.build: conflicts with pull_triggers"],
    ],
  ])("fails for %s", (_what, configuration, expected) => {
    expect(faults(version, configuration)).toEqual(expected);
  });
});
