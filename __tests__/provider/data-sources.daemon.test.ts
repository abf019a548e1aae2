import { differences } from "./conformance";
import { buildProbeImages } from "./probe-image";

jest.setTimeout(120_000);

describe("plans and states as recorded from the public provider 4.5.0", () => {
  beforeAll(buildProbeImages);

  it.each(["tag", "data-sources"])("%s", async (name) => {
    expect(await differences(name)).toEqual([]);
  });
});
