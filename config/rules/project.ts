import { isProjectName } from "../../constructs/project";
import { accept, refuse, rule, type Rule } from "./rule";

/** The name of a project, as npm allows it for a package. */
export const projectName: Rule<string> = rule("a name such as shop or @team/shop, of letters, digits, -, _, ~ and .", (text) =>
  isProjectName(text) ? accept(text) : refuse(isProjectName(text.replaceAll(" ", "-")) ? `write ${text.replaceAll(" ", "-")}` : ""),
);
