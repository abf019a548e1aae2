import { fromTerraformJson } from "../../policies/terraform-json";

const read = (json: unknown, files: Readonly<Record<string, string>> = {}) => fromTerraformJson(json, "prod", (path) => files[path]);
const containers = (json: unknown, files?: Readonly<Record<string, string>>) => read(json, files)?.containers ?? [];

describe("Terraform's JSON configuration", () => {
  it("names a container by its construct, and by its address where there is none", () => {
    const found = containers({
      resource: { docker_container: { a: { "//": { metadata: { path: "prod/Shop/Resource" } }, image: "a:1.2" }, b: { image: "b:1.2" } } },
    });

    expect(found.map(({ path, address, image }) => [path, address, image])).toEqual([
      ["prod/Shop/Resource", "docker_container.a", { reference: "a:1.2" }],
      ["docker_container.b", "docker_container.b", { reference: "b:1.2" }],
    ]);
  });

  it("follows an image to its name, also through another data source", () => {
    const found = containers({
      data: { docker_image: { d: { name: "d:1.2" } }, docker_registry_image: { r: { name: "r:1.2" } } },
      resource: {
        docker_image: { i: { name: "i:1.2" }, pulled: { name: "${data.docker_registry_image.r.name}" } },
        docker_container: {
          a: { image: "${docker_image.i.image_id}" },
          b: { image: "${data.docker_image.d.id}" },
          c: { image: "${docker_image.pulled.repo_digest}" },
          d: { image: "${var.image}" },
        },
      },
    });

    expect(found.map(({ image }) => image?.reference)).toEqual(["i:1.2", "d:1.2", "r:1.2", undefined]);
  });

  it("reads the Dockerfile and the arguments of an image that is built", () => {
    const build = { context: "assets/shop", dockerfile: "Dockerfile.prod", build_args: { BASE: "node:20.19" } };
    const json = {
      resource: {
        docker_image: { i: { name: "shop:1.2", build: [build] } },
        docker_container: { a: { image: "${docker_image.i.image_id}" } },
      },
    };

    expect(containers(json, { "assets/shop/Dockerfile.prod": "FROM scratch" })[0]?.image).toEqual({
      reference: "shop:1.2",
      dockerfile: "FROM scratch",
      buildArgs: { BASE: "node:20.19" },
    });
    expect(containers(json)[0]?.image).toEqual({ reference: "shop:1.2", buildArgs: { BASE: "node:20.19" } });
  });

  it("reads the stage that is built, and the Dockerfiles of images built here that it stands on, none of them on itself", () => {
    const build = (args: Record<string, string>, more = {}) => [{ context: "assets", dockerfile: "Dockerfile", build_args: args, ...more }];
    const json = {
      resource: {
        docker_image: {
          i: { name: "shop:1.2", build: build({ BASE: "base:1", OTHER: "node:20.19" }, { target: "test" }) },
          base: { name: "base:1", build: build({ SELF: "base:1", UP: "shop:1.2" }) },
        },
        docker_container: { a: { image: "${docker_image.i.image_id}" } },
      },
    };
    const dockerfile = "FROM scratch";

    expect(containers(json, { "assets/Dockerfile": dockerfile })[0]?.image).toEqual({
      reference: "shop:1.2",
      dockerfile,
      buildArgs: { BASE: "base:1", OTHER: "node:20.19" },
      target: "test",
      bases: [{ reference: "base:1", dockerfile, buildArgs: { SELF: "base:1", UP: "shop:1.2" } }],
    });
  });

  it("finds the host's directories in binds, and behind volumes", () => {
    const found = containers({
      resource: {
        docker_volume: { etc: { name: "settings", driver_opts: { type: "none", o: "bind", device: "/etc" } }, plain: { name: "data" } },
        docker_container: {
          a: {
            image: "a:1.2",
            mounts: [
              { type: "bind", source: "/srv/a", target: "/a" },
              { type: "volume", source: "${docker_volume.etc.name}", target: "/b" },
              { type: "volume", source: "${docker_volume.plain.name}", target: "/c" },
            ],
            volumes: { host_path: "/srv/d", container_path: "/d" },
          },
          b: { image: "b:1.2", volumes: [{ volume_name: "settings", container_path: "/e" }] },
        },
      },
    });

    expect(found.map(({ hostPaths }) => hostPaths)).toEqual([["/srv/a", "/etc", "/srv/d"], ["/etc"]]);
  });

  it("takes a list of objects for an object, text for numbers, and a doubled $ for one", () => {
    const [found] = containers({
      resource: [{ docker_container: [{ a: [{ image: "a:1.2", memory: "64", env: ["A=$${B}"], read_only: "true" }] }] }],
    });

    expect([found?.attributes.number("memory"), found?.attributes.flag("read_only"), found?.attributes.texts("env")]).toEqual([
      64,
      true,
      ["A=${B}"],
    ]);
  });

  it("knows how engines are reached", () => {
    const providers = (provider: unknown) => read({ provider })?.providers;

    expect(providers({ docker: [{ host: "tcp://a:2376", cert_path: "certs" }, { host: "tcp://b:2375" }], aws: [{}] })).toEqual([
      { host: "tcp://a:2376", tls: true },
      { host: "tcp://b:2375", tls: false },
    ]);
    expect(providers({ docker: {} })).toEqual([{ host: "", tls: false }]);
  });

  it.each([null, [], "text", 1, {}, { name: "package" }])("is not %j", (json) => {
    expect(read(json)).toBeUndefined();
  });
});
