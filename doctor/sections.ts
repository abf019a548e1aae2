/** A part of what the script has printed: `::NAME ARGUMENT`, and lines. */
export interface Section {
  readonly name: string;
  readonly argument: string;
  /** Without empty ones at the end. */
  readonly lines: readonly string[];
}

/** What the script has printed, taken apart. */
export class Sections {
  private readonly sections: readonly Section[];

  constructor(printed: string) {
    this.sections = printed.split(/^::/m).slice(1).map(parse);
  }

  all(name: string): Section[] {
    return this.sections.filter((section) => section.name === name);
  }

  first(name: string): Section | undefined {
    return this.all(name)[0];
  }

  /** @returns empty when there is no such part */
  lines(name: string): readonly string[] {
    return this.first(name)?.lines ?? [];
  }

  /** @returns empty when there is no such part */
  argument(name: string): string {
    return this.first(name)?.argument ?? "";
  }
}

function parse(text: string): Section {
  const [head = "", ...lines] = text.trimEnd().split("\n");
  const [name = "", ...rest] = head.split(" ");
  return { name, argument: rest.join(" "), lines };
}
