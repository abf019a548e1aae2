import { labelBlocks } from "../../provider/identity";
import { keepProject } from "../../provider/resources/labels-plan";
import { UNKNOWN, type ObjectValue } from "../../provider/value";

const PLACE = { "docker-tiers.stack": "dev", "docker-tiers.path": "dev/Data" };
const labelled = (labels: Record<string, string>): ObjectValue => ({ labels: labelBlocks(labels) });
const before = labelled(PLACE);
const named = labelled({ ...PLACE, "docker-tiers.project": "shop" });

const unknown: ObjectValue = { labels: UNKNOWN };

const plan = (prior: ObjectValue | null, planned: ObjectValue): unknown =>
  keepProject({ prior, planned, config: planned, replace: ["labels", "name"] });

describe("a plan whose labels differ in the project alone", () => {
  it.each([
    ["tells one for the first time", before],
    ["was renamed", labelled({ ...PLACE, "docker-tiers.project": "store" })],
  ])("keeps the object: %s", (_, prior) => {
    expect(plan(prior, named)).toEqual({ planned: prior, replace: ["name"] });
  });

  it.each([
    ["another label differs", before, labelled({ ...PLACE, "docker-tiers.project": "shop", tier: "web" })],
    ["nothing is there yet", null, named],
    ["labels are not known yet", before, unknown],
  ])("is left alone: %s", (_, prior, planned: ObjectValue) => {
    expect(plan(prior, planned)).toEqual({ planned, replace: ["labels", "name"] });
  });
});
