import { differences } from "./conformance";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(120_000);

const CASES = [
  "container-minimal",
  "container-full",
  "container-many-for-each",
  "container-network-mode",
  "container-no-start",
  "container-one-shot",
  "container-upload",
  "container-bad-image",
  "image-local",
  "image-build",
];

describe("plans and states as recorded from the public provider 4.5.0", () => {
  beforeAll(buildProbeImages);

  it.each(CASES)("%s", async (name) => {
    expect(await differences(name)).toEqual([]);
  });
});
