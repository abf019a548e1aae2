import { buildQuery } from "../../provider/resources/image-build";
import { parseReference } from "../../provider/resources/image-reference";

describe("names of images", () => {
  it.each([
    ["nginx", { registry: "docker.io", repository: "nginx", tag: "latest" }],
    ["library/nginx:1.30", { registry: "docker.io", repository: "library/nginx", tag: "1.30" }],
    ["registry.example:5000/shop/web", { registry: "registry.example:5000", repository: "registry.example:5000/shop/web", tag: "latest" }],
    ["localhost/a:1@sha256:ab", { registry: "localhost", repository: "localhost/a", tag: "sha256:ab" }],
  ])("%s", (reference, parts) => expect(parseReference(reference)).toEqual(parts));
});

describe("the query of a build", () => {
  it("leaves out what is unset", () => {
    expect(buildQuery("shop:1", { context: "." })).toEqual({ t: "shop:1", dockerfile: "Dockerfile", rm: true });
  });

  it("takes arguments, labels of both kinds, target, limits and hosts", () => {
    const build = {
      context: ".",
      dockerfile: "D",
      build_args: { A: "1" },
      label: { x: "1" },
      labels: { y: "2" },
      target: "t",
      memory: 5,
      extra_hosts: ["a:1.2.3.4", "b:1.2.3.5"],
      no_cache: true,
      cache_from: ["c"],
    };
    expect(buildQuery("n:1", build)).toEqual({
      t: "n:1",
      dockerfile: "D",
      buildargs: { A: "1" },
      labels: { x: "1", y: "2" },
      target: "t",
      memory: 5,
      extrahosts: new Set(["a:1.2.3.4", "b:1.2.3.5"]),
      nocache: true,
      cachefrom: ["c"],
      rm: true,
    });
  });
});
