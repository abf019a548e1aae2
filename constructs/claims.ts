import type { IConstruct } from "constructs";
import { ConstructError } from "./errors";

/** Names that must be one construct's in some domain, such as the containers of a stack or the aliases on a network. */
export class Claims {
  private readonly byDomain = new WeakMap<IConstruct, Map<string, IConstruct>>();

  /**
   * @param code - of the fault
   * @param what - completes the sentence "WHAT must be one construct's"
   */
  constructor(
    private readonly code: string,
    private readonly what: string,
  ) {}

  /** @throws ConstructError when another construct has the name already */
  claim(domain: IConstruct, name: string, by: IConstruct): void {
    const names = this.byDomain.get(domain) ?? new Map<string, IConstruct>();
    this.byDomain.set(domain, names);
    const holder = names.get(name) ?? by;
    names.set(name, holder);
    if (holder === by) return;
    throw new ConstructError(
      this.code,
      `${this.what} must be one construct's, got "${name}" of ${holder.node.path} too; change one of them`,
      by,
    );
  }
}
