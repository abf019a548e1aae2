import { covers, type Exception } from "./exception";
import type { Finding, Report } from "./finding";
import type { RenderedContainer, RenderedStack } from "./rendered-container";
import { rules as allRules } from "./registry";
import type { Rule, RuleText } from "./rule";
import { printable } from "./printable";
import { withoutSecrets } from "./secret-scan";
import { severityIn, type Profile, type Severity, type SeverityOverrides } from "./severity";

/** How one environment is judged. */
export interface PolicySettings {
  readonly profile: Profile;
  /** @default - what the rules say */
  readonly severities?: SeverityOverrides;
  /** @default - none */
  readonly exceptions?: readonly Exception[];
}

interface Fault {
  readonly rule: RuleText;
  readonly container?: RenderedContainer;
  readonly path: string;
  readonly got: string;
}

/** Judges what is declared for one host. The same declaration has the same report, in the same order. */
export function evaluate(stack: RenderedStack, settings: PolicySettings, rules: readonly Rule[] = allRules): Report {
  const { exceptions = [] } = settings;
  const all = withExceptions(rules, stack, exceptions);
  const used = (exception: Exception): number => all.filter((each) => each.exception === exception).length;
  const findings = all.flatMap(({ fault, exception }) => findingOf(fault, exception, settings));
  return {
    stack: stack.name,
    containers: stack.containers.length,
    findings: inOrder(findings.filter(({ exception }) => exception === undefined)),
    allowed: inOrder(findings.filter(({ exception }) => exception !== undefined)),
    exceptions: exceptions.map((exception) => ({ ...exception, findings: used(exception) })),
  };
}

/** A fault, and what allows it. */
interface Judged {
  readonly fault: Fault;
  readonly exception: Exception | undefined;
}

/** What is declared comes first, then the exceptions that nothing of it needed, then those that allow such an exception and were not needed either. */
function withExceptions(rules: readonly Rule[], stack: RenderedStack, exceptions: readonly Exception[]): Judged[] {
  const judged = (fault: Fault): Judged => ({ fault, exception: exceptionFor(fault, exceptions) });
  const declared = rules.flatMap((rule) => faultsOf(rule, stack)).map(judged);
  const aboutExceptions = new Set<string>(rules.filter(({ of }) => of === "exception").map(({ id }) => id));
  const unused = (all: readonly Judged[]): Exception[] =>
    exceptions.filter((each) => !each.optional && !all.some(({ exception }) => exception === each));
  const idle = unused(declared).filter(({ rule }) => !aboutExceptions.has(rule));
  const first = [...declared, ...rules.flatMap((rule) => faultsOfUnused(rule, idle)).map(judged)];
  const last = unused(first).filter(({ rule }) => aboutExceptions.has(rule));
  return [...first, ...rules.flatMap((rule) => faultsOfUnused(rule, last)).map((fault) => ({ fault, exception: undefined }))];
}

function faultsOf(rule: Rule, stack: RenderedStack): Fault[] {
  switch (rule.of) {
    case "container":
      return stack.containers
        .filter(rule.applies)
        .flatMap((container) => [...new Set(rule.check(container))].map((got) => ({ rule, container, path: container.path, got })));
    case "stack":
      return rule.check(stack).map((got) => ({ rule, path: stack.name, got }));
    case "exception":
      return [];
  }
}

const faultsOfUnused = (rule: Rule, unused: readonly Exception[]): Fault[] =>
  rule.of === "exception" ? unused.map((exception) => ({ rule, path: exception.on, got: rule.check(exception) })) : [];

/** The nearest of those that hold. */
const exceptionFor = ({ rule, path, got }: Fault, exceptions: readonly Exception[]): Exception | undefined =>
  exceptions.filter((exception) => exception.rule === rule.id && covers(exception, path, got)).sort((a, b) => b.on.length - a.on.length)[0];

function findingOf({ rule, container, path, got }: Fault, exception: Exception | undefined, settings: PolicySettings): Finding[] {
  const severity: Severity = settings.severities?.[rule.id] ?? severityIn(rule.severity, settings.profile);
  if (severity === "off") return [];
  return [
    {
      rule: rule.id,
      severity,
      path,
      ...(container === undefined ? {} : { address: container.address }),
      message: printable(`${rule.id}: ${rule.must}, got ${short(got)}; ${rule.mend} (at ${path})`),
      ...(exception === undefined ? {} : { exception }),
    },
  ];
}

const LONGEST = 120;

/** What was got may be a script, with a secret in it. */
function short(text: string): string {
  const line = printable(withoutSecrets(text)).trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

/** Errors first, otherwise as the rules stand and the containers are. */
const inOrder = (findings: readonly Finding[]): Finding[] =>
  [...findings].sort((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
