import { containerRule } from "../rule";
import { findSecret, findSecretFlag, findSecretIn } from "../secret-scan";

export const secret = containerRule(
  {
    id: "TIERS-SECRET",
    severity: "error",
    owasp: ["12"],
    must: "no secret must be in environment, labels, command, log options or uploaded files",
    why: "state, plan and docker inspect show it to everyone who may read them",
    mend: "hand it over as a file, such as by allowFrom or a Secret",
    check: ({ attributes }) => [
      ...attributes.texts("env").flatMap((pair) => findSecretIn(pair, "env")),
      ...attributes.blocks("labels").flatMap((label) => findSecretIn(`${label.text("label")}=${label.text("value")}`, "label")),
      ...Object.entries(attributes.map("log_opts")).flatMap(([key, value]) => findSecretIn(`${key}=${value}`, "log option")),
      ...["entrypoint", "command"].flatMap((name) => findSecretFlag(attributes.texts(name)).map((kind) => `${kind} in ${name}`)),
      ...attributes.blocks("healthcheck").flatMap((probe) => findSecretFlag(probe.texts("test")).map((kind) => `${kind} in healthcheck`)),
      ...attributes
        .blocks("upload")
        .flatMap((file) =>
          findSecret(textOf(file.text("content"), file.text("content_base64"))).map((kind) => `${kind} in ${file.text("file")}`),
        ),
    ],
  },
  () => true,
);

const textOf = (content: string, base64: string): string => content + Buffer.from(base64, "base64").toString("latin1");
