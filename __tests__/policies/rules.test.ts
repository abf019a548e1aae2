import { evaluate } from "../../policies/evaluate";
import { rules } from "../../policies/registry";
import { dockerfiles } from "./cases/dockerfiles";
import { exposure } from "./cases/exposure";
import { images } from "./cases/images";
import { privileges } from "./cases/privileges";
import { upkeep } from "./cases/upkeep";
import { container, messages, stackOf } from "./container";

const AT = "(at prod/Shop/Resource)";
const cases = { ...images, ...dockerfiles, ...privileges, ...exposure, ...upkeep };

const containerRules = rules.filter(({ of }) => of === "container").map(({ id }) => id);

describe("rules over a container", () => {
  it("all have a case that passes and one that fails", () => {
    expect(Object.keys(cases).sort()).toEqual([...containerRules].sort());
    expect(Object.values(cases).filter(({ passes, fails }) => passes.length === 0 || fails.length === 0)).toEqual([]);
  });

  it("have nothing against a safe container", () => {
    expect(evaluate(stackOf(container()), { profile: "prod" })).toMatchObject({ findings: [], allowed: [], exceptions: [] });
  });

  it.each(containerRules.flatMap((id) => (cases[id]?.passes ?? []).map((setup) => [id, setup] as const)))("%s passes %j", (id, setup) => {
    expect(messages(stackOf(container(setup)), id)).toEqual([]);
  });

  it.each(containerRules.flatMap((id) => (cases[id]?.fails ?? []).map(([setup, ...texts]) => [id, setup, texts] as const)))(
    "%s fails %j",
    (id, setup, texts) => {
      expect(messages(stackOf(container(setup)), id)).toEqual(texts.map((text) => `${id}: ${text} ${AT}`));
    },
  );

  it.each(
    containerRules.flatMap((id) => (cases[id]?.fails ?? []).slice(0, 1).map(([setup, ...texts]) => [id, setup, texts.length] as const)),
  )("%s is silent where an exception holds, and counts it", (id, setup, count) => {
    const exception = { rule: id, on: "prod/Shop", because: "it is measured", optional: false };
    const report = evaluate(stackOf(container(setup)), { profile: "prod", exceptions: [exception] });

    expect(report.findings.filter(({ rule }) => rule === id)).toEqual([]);
    expect(report.allowed.map(({ rule, exception: by }) => [rule, by])).toEqual(Array.from({ length: count }, () => [id, exception]));
    expect(report.exceptions).toEqual([{ ...exception, findings: count }]);
  });
});
