import { reportJson } from "../../cli/report-json";
import { reportSarif } from "../../cli/report-sarif";
import { reportText } from "../../cli/report-text";
import { evaluate } from "../../policies/evaluate";
import type { Exception } from "../../policies/exception";
import type { Report } from "../../policies/finding";
import { ruleIds, rules } from "../../policies/registry";
import type { RenderedStack } from "../../policies/rendered-container";
import { dockerfiles } from "./cases/dockerfiles";
import { exposure } from "./cases/exposure";
import { images } from "./cases/images";
import { privileges } from "./cases/privileges";
import { upkeep } from "./cases/upkeep";
import { container, stackOf } from "./container";

/** What is declared, and what is allowed in it. */
interface Case {
  readonly stack: RenderedStack;
  readonly exceptions?: readonly Exception[];
}

const exception = (rule: string, on: string): Exception => ({ rule, on, because: `${rule} was measured`, optional: false });
const plain = stackOf(container());
const unneeded = exception("CIS-5.13", "prod/Shop");

const containerCases = Object.entries({ ...images, ...dockerfiles, ...privileges, ...exposure, ...upkeep }).map(
  ([id, { passes, fails }]) => {
    const [[bad] = [undefined]] = fails;
    return [id, { passes: { stack: stackOf(container(passes[0])) }, fails: { stack: stackOf(container(bad)) } }] as const;
  },
);
const cases: Readonly<Record<string, { readonly passes: Case; readonly fails: Case }>> = {
  ...Object.fromEntries(containerCases),
  "TIERS-HOST-MEMORY": { passes: { stack: { ...plain, hostMemoryMiB: 64 } }, fails: { stack: { ...plain, hostMemoryMiB: 63 } } },
  "TIERS-TCP": {
    passes: { stack: { ...plain, providers: [{ host: "tcp://10.0.0.5:2376", tls: true }] } },
    fails: { stack: { ...plain, providers: [{ host: "tcp://10.0.0.5:2375", tls: false }] } },
  },
  "TIERS-EXCEPTION": { passes: { stack: plain }, fails: { stack: plain, exceptions: [unneeded] } },
};

const judge = ({ stack, exceptions = [] }: Case, ...more: readonly Exception[]): Report =>
  evaluate(stack, { profile: "prod", exceptions: [...exceptions, ...more] });
const of = (id: string, found: Report["findings"]): string[] => found.filter(({ rule }) => rule === id).map(({ message }) => message);

it("every rule has a case that passes, one that fails and one that is excepted", () => {
  expect(Object.keys(cases).sort()).toEqual([...ruleIds].sort());
});

describe.each(Object.entries(cases))("%s", (id, { passes, fails }) => {
  const allowing = exception(id, "prod");
  const { must = "", mend = "" } = rules.find((rule) => rule.id === id) ?? {};

  it("passes", () => {
    expect(of(id, judge(passes).findings)).toEqual([]);
  });

  it("fails with what must hold and what mends it", () => {
    const [first = "none"] = of(id, judge(fails).findings);
    expect(first.startsWith(`${id}: ${must}, got `)).toBe(true);
    expect(first).toContain(`; ${mend} (at prod`);
  });

  it("is excepted with the reason in every report, and the exception is reported where nothing needs it", () => {
    const report = judge(fails, allowing);
    expect(of(id, report.findings)).toEqual([]);
    expect(of(id, report.allowed)).toEqual(of(id, judge(fails).findings));
    expect(reportText([report], rules.length)).toMatch(new RegExp(`^allowed  ${id} on prod, \\d+ times?: ${id} was measured$`, "m"));
    expect(reportJson([report])).toContain(`"because": "${id} was measured"`);
    expect(reportSarif([{ file: "f", report }], rules, "1")).toContain(`"justification": "${id} was measured"`);
    expect(of("TIERS-EXCEPTION", judge(passes, allowing).findings)).toEqual([expect.stringContaining(`got ${id} allowed because`)]);
  });
});
