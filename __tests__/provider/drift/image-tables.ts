import { BUILD } from "../../../provider/resources/image-schema";
import { acted, unseen, type DriftCase, type DriftTable } from "./case";
import { BUILT, CREDENTIAL, TREATMENT, TRIGGER } from "./reasons";
import { settable } from "./schema-paths";

const TIMEOUTS = Object.fromEntries(["create", "update", "delete"].map((name) => [`timeouts.${name}`, unseen(TREATMENT)]));
// What the classic builder takes is in one schema for both.
const BUILDS: { readonly [path: string]: DriftCase } = Object.fromEntries(
  settable(BUILD, "build.").map((path) => [path, unseen(path.includes("auth_config") ? CREDENTIAL : BUILT)]),
);

export const IMAGE: DriftTable = {
  type: "docker_image",
  cases: {
    name: acted("the name is taken away", "a new one"),
    platform: acted("the name comes to stand for an image of another platform", "a new one"),
    keep_locally: unseen(TREATMENT),
    force_remove: unseen(TREATMENT),
    triggers: unseen(TRIGGER),
    pull_triggers: unseen(TRIGGER),
    ...BUILDS,
    "build.tag": acted("a further name is taken away, or stands for another image", "given again, in place"),
    ...TIMEOUTS,
  },
};

export const TAG: DriftTable = {
  type: "docker_tag",
  cases: {
    id: acted("the further name is taken away", "given again"),
    source_image: acted("the source comes to stand for another image", "given again"),
    target_image: acted("the further name comes to stand for another image", "given again"),
    tag_triggers: unseen(TRIGGER),
  },
};

export const REGISTRY_IMAGE: DriftTable = {
  type: "docker_registry_image",
  cases: {
    id: acted("its manifest is removed from the registry", "pushed again"),
    name: acted("its manifest is removed from the registry; what another push puts under its tag is a warning", "pushed again"),
    keep_remotely: unseen(TREATMENT),
    insecure_skip_verify: unseen(TREATMENT),
    triggers: unseen(TRIGGER),
    "auth_config.address": unseen(CREDENTIAL),
    "auth_config.username": unseen(CREDENTIAL),
    "auth_config.password": unseen(CREDENTIAL),
    ...BUILDS,
    ...TIMEOUTS,
  },
};
