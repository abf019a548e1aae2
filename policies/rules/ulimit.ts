import { containerRule } from "../rule";

export const ulimit = containerRule({
  id: "CIS-5.19",
  severity: "warning",
  cis: "5.19",
  owasp: ["7"],
  must: "ulimit must be bounded, and not count processes",
  why: "without a bound it is none; nproc counts those of the same user in every container",
  mend: "set hard to a number, and pidsLimit in place of nproc",
  check: ({ attributes }) =>
    attributes.blocks("ulimit").flatMap((limit) => {
      const [name, hard] = [limit.text("name"), limit.number("hard") ?? -1];
      return hard < 0 || name === "nproc" ? [`${name} = ${hard}`] : [];
    }),
});
