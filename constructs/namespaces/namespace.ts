import type { IConstruct } from "constructs";

/** A container as others name it: by reference for Terraform, and by its name for a hash. */
export interface ContainerIdentity {
  readonly reference: string;
  readonly name: string;
}

/** A noun whose containers lend their namespaces: a Service. */
export interface INamespaceHolder extends IConstruct {
  readonly replicas: number;
  /** One of its containers, from 1. */
  identityOf(replica: number): ContainerIdentity;
  /** Lets others into its System V IPC and shared memory. */
  lendIpc(): void;
}

/** The namespace of another service: each replica has that of the other's replica with its number. */
export class Namespace {
  /**
   * That of another service.
   *
   * @param holder - a service of the same stack with as many replicas at least
   */
  static of(holder: INamespaceHolder): Namespace {
    return new Namespace(holder);
  }

  private constructor(readonly holder: INamespaceHolder) {}

  /** In the engine's words, for a replica that shares it. */
  mode(replica: number, naming: "reference" | "literal"): string {
    const { reference, name } = this.holder.identityOf(replica);
    return `container:${naming === "reference" ? reference : name}`;
  }
}
