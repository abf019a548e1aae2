import fc from "fast-check";
import { imageReferenceFault } from "../../../constructs/images/image-reference";

const DIGEST = `sha256:${"a".repeat(64)}`;
const word = fc.stringMatching(/^[a-z0-9]{1,12}$/);
const registry = fc.constantFrom("", "localhost/", "localhost:5000/", "registry.example/", "registry.example:5000/", "10.0.0.1:5000/");
const repository = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const version = fc.oneof(
  fc
    .stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/)
    .filter((tag) => tag !== "latest")
    .map((tag) => `:${tag}`),
  fc.constant(`@${DIGEST}`),
  fc.constant(`:latest@${DIGEST}`),
);

describe("imageReferenceFault", () => {
  it("takes every reference with an exact version", () => {
    fc.assert(fc.property(registry, repository, version, (...parts) => expect(imageReferenceFault(parts.join(""))).toBeUndefined()));
  });

  it("fails for every reference without a version", () => {
    fc.assert(
      fc.property(registry, repository, (...parts) => {
        const name = parts.join("");
        expect(imageReferenceFault(name)).toBe(`must have an exact tag or a digest, got "${name}"; use "${name}:1.2.3"`);
        expect(imageReferenceFault(`${name}:latest`)).toBe(`must not be whatever is latest, got "${name}:latest"; use "${name}:1.2.3"`);
      }),
    );
  });

  it.each(["", " nginx:1", "Nginx:1", "nginx:", "nginx:1 ", "nginx@sha256:abc", "a//b:1", "-a:1", "nginx:1@sha512:00", "http://a/b:1"])(
    "fails for %p, which no registry would take",
    (reference) => {
      expect(imageReferenceFault(reference)).toBe(
        `must be [registry/]name:tag or name@sha256:digest in lower case, got ${JSON.stringify(reference)}; use "nginx:1.30.6"`,
      );
    },
  );
});
