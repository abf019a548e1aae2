import { Construct } from "constructs";
import type { IContainerImage } from "./images/bound-image";
import { Container } from "./container";
import { objectName } from "./naming";
import type { User } from "./user";
import { Workload } from "./workload";

export interface ServerJobProps {
  readonly image: IContainerImage;
  readonly user: User;
  /** Has to be healthy first. */
  readonly server: Container;
  /** For the image's `sh`. */
  readonly script: string;
  /** Its words, as they stand when everything has been declared. */
  readonly words: () => readonly string[];
}

/**
 * A job that needs a server: it runs when the server is healthy, and again with each new container of the server, which may have found other
 * data. It is never created beside itself, since that would spread to the server.
 */
export class ServerJob extends Construct {
  readonly workload: Workload;
  /** What comes after the job depends on this. */
  readonly container: Container;

  constructor(scope: Construct, id: string, { image, user, server, script, words }: ServerJobProps) {
    super(scope, id);
    this.workload = new Workload(this, { image, user, lifetime: "job", memoryMiB: 64, entrypoint: ["sh", "-c", script, "job"] });
    this.workload.addDependency(server);
    this.container = new Container(this, "Resource", objectName(this), () => ({ ...this.workload.spec(), command: words() }));
    this.container.lifecycle = { replaceTriggeredBy: [`${server.terraformResourceType}.${server.friendlyUniqueId}.id`] };
  }
}
