import { imagePath } from "../../provider/resources/image-name";

describe("imagePath", () => {
  it.each([
    ["registry.example:5000/shop/web:1.2", "/images/registry.example:5000/shop/web:1.2"],
    ["web@sha256:0123", "/images/web@sha256:0123"],
    ["a b", "/images/a%20b"],
    ["web?force=true#é", "/images/web%3Fforce=true%23%C3%A9"],
  ])("is one path for %s, whatever is in it", (reference, path) => {
    expect(imagePath(reference)).toBe(path);
  });
});
