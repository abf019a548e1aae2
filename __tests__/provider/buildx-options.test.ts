import { buildxArguments } from "../../provider/resources/buildx-options";
import { buildkitFaults, wantsBuildKit } from "../../provider/resources/image-buildkit";

describe("the command line of docker buildx", () => {
  it("reads the context from standard input", () => {
    expect(buildxArguments("shop:1", { context: "app", builder: "" })).toEqual([
      "buildx",
      "build",
      "--progress=plain",
      "--load",
      "--tag=shop:1",
      "--file=Dockerfile",
      "-",
    ]);
  });

  it("has an option for everything that a build may ask of BuildKit", () => {
    const build = {
      context: "app",
      dockerfile: "Dockerfile.prod",
      remote_context: "https://git.example/shop.git",
      builder: "remote",
      target: "final",
      platform: "linux/arm64",
      network_mode: "none",
      cgroup_parent: "builds",
      shm_size: 67108864,
      provenance: "mode=max",
      sbom: "true",
      no_cache: true,
      pull_parent: true,
      build_args: { A: "1" },
      labels: { a: "old", b: "2" },
      label: { a: "1" },
      additional_contexts: ["docs=../docs"],
      cache_from: ["type=local,src=cache"],
      cache_to: ["type=local,dest=cache"],
      extra_hosts: ["db:10.0.0.1"],
      ulimit: [{ name: "nofile", soft: 10, hard: 20 }],
      secrets: [{ id: "token", env: "TOKEN", src: "" }],
    };
    expect(buildxArguments("shop:1", build).slice(5)).toEqual([
      "--file=Dockerfile.prod",
      "--builder=remote",
      "--target=final",
      "--platform=linux/arm64",
      "--network=none",
      "--cgroup-parent=builds",
      "--shm-size=67108864",
      "--provenance=mode=max",
      "--sbom=true",
      "--no-cache=true",
      "--pull=true",
      "--build-arg=A=1",
      "--label=a=1",
      "--label=b=2",
      "--build-context=docs=../docs",
      "--cache-from=type=local,src=cache",
      "--cache-to=type=local,dest=cache",
      "--add-host=db:10.0.0.1",
      "--ulimit=nofile=10:20",
      "--secret=id=token,env=TOKEN",
      "https://git.example/shop.git",
    ]);
  });

  it("keeps the fields of a secret apart, whatever its path", () => {
    const build = { secrets: [{ id: "token", env: null, src: 'a,id="b' }] };
    expect(buildxArguments("shop:1", build)).toContain('--secret=id=token,"src=a,id=""b"');
  });
});

describe("BuildKit", () => {
  it.each([
    ["builder", { builder: "remote" }],
    ["additional_contexts", { additional_contexts: ["a=b"] }],
    ["cache_to", { cache_to: ["type=inline"] }],
    ["provenance", { provenance: "true" }],
    ["sbom", { sbom: "true" }],
    ["secrets", { secrets: [{ id: "a" }] }],
    ["version", { version: "2" }],
  ])("is taken where %s is set, and excludes what only the classic builder knows", (name, build) => {
    expect(wantsBuildKit(build)).toBe(true);
    expect(buildkitFaults({ build: [build] })).toEqual([]);
    expect(buildkitFaults({ build: [{ ...build, memory: 64, use_legacy_builder: true }] }).map(({ detail }) => detail)).toEqual(
      ["memory", "use_legacy_builder"].map(
        (classic) =>
          `build.${classic} must be unset with build.${name}, got both: the first is for the classic builder, the second takes BuildKit; take one out`,
      ),
    );
  });

  it("is not taken for anything else", () => {
    const build = { context: "app", builder: "", secrets: [], version: "1", memory: 64, use_legacy_builder: true, platform: "linux/arm64" };
    expect(wantsBuildKit(build)).toBe(false);
    expect(buildkitFaults({ build: [build] })).toEqual([]);
    expect(buildkitFaults({ build: [] })).toEqual([]);
  });
});
