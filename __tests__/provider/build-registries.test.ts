import { buildRegistries } from "../../provider/resources/build-registries";
import type { ObjectValue } from "../../provider/value";

const registries = (dockerfile: string, build: ObjectValue = {}): string[] => buildRegistries(dockerfile, build);

describe("the registries of a build", () => {
  it("are those of its bases, but not of stages or of nothing", () => {
    const dockerfile = "FROM --platform=linux/amd64 registry.example/base:1 AS a\nFROM scratch\nfrom nginx:1 as b\nFROM b\nCOPY FROM x\n";
    expect(registries(dockerfile)).toEqual(["registry.example", "docker.io"]);
  });

  it("are those of bases whose names are made of arguments, declared or given", () => {
    const dockerfile = `ARG HOST=one.example \\\n  TAG="1 2"\nARG OTHER\nFROM $HOST/a:\${TAG}\nFROM \${OTHER:-two.example}/b\nFROM "\${HOST:+three.example}/c"\nARG HOST=never.example\n`;
    expect(registries(dockerfile)).toEqual(["one.example", "two.example", "three.example"]);
    expect(registries(dockerfile, { build_args: { HOST: "here:5000", OTHER: "localhost" } })).toEqual([
      "here:5000",
      "localhost",
      "three.example",
    ]);
  });

  it("are those of what it copies and mounts from, and of its syntax", () => {
    const dockerfile = `# syntax = syntax.example/dockerfile:1
FROM scratch AS first
COPY --chown=1:1 --from=copy.example/a /a /a
COPY --from=first /b /b
COPY --from=0 /b /b
COPY --from=docs /c /c
RUN --mount=type=bind,from=mount.example/d,target=/d true
`;
    expect(registries(dockerfile, { additional_contexts: ["docs=./docs"] })).toEqual(["syntax.example", "copy.example", "mount.example"]);
  });

  it("are those of contexts and caches that are images", () => {
    const build = {
      additional_contexts: ["base=docker-image://context.example/a:1", "docs=./docs"],
      cache_from: ["from.example/a:cache", "type=local,src=/tmp/x"],
      cache_to: ["type=registry,ref=to.example/a:cache,mode=max", "type=inline"],
    };
    expect(registries("FROM base\n", build)).toEqual(["context.example", "from.example", "to.example"]);
  });
});
