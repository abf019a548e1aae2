import { imageName } from "../../images/recipe";
import { nodeRecipe } from "../../images/recipes/node";
import { Project } from "./project";
import { Site } from "./site";

/** The guestbook's own stack, under the names of the tests; process variables reach the service's environment, and give it a stored secret. */
const PROGRAM = `import { App } from "cdktf";
import { Environments } from "../../config";
import { Secret, type Service } from "../../constructs";
import { Guestbook } from "../../stacks/guestbook";

const app = new App();
const names = (process.env["E2E_STACKS"] ?? "").split(",").map((name) => ({ name, like: name.endsWith("-prod") ? "prod" : "dev" }) as const);
for (const environment of Environments.load({ names })) {
  const stack = new Guestbook(app, environment.name, { environment });
  const { E2E_REVISION: revision, E2E_SECRET: secret } = process.env;
  const guestbook = stack.node.findChild("Guestbook") as Service;
  if (revision !== undefined) guestbook.workload.addEnvironment("REVISION", revision);
  if (secret !== undefined) Secret.fromStore(secret).mountInto(guestbook, { as: "SMTP_PASSWORD" });
}
app.synth();
`;

/** A project whose stacks are guestbooks of these names, none of them deployed yet. */
export const guestbookProject = (...stacks: readonly string[]): Project => guestbookProjectIn(undefined, ...stacks);

/** One in a folder of a clone, whose guestbook it is. */
export function guestbookProjectIn(parent: string | undefined, ...stacks: readonly string[]): Project {
  const project = Project.create(PROGRAM, parent);
  project.variable("E2E_STACKS", stacks.join(","));
  return project;
}

/** Where the guestbook of a port answers. */
export function siteAt(port: number): Site {
  return new Site(`http://127.0.0.1:${port}`);
}

/** An image with node, for clients of the tests: every guestbook is built on it. */
export const NODE_IMAGE = imageName(nodeRecipe);
