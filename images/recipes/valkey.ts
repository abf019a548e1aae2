import { ownRecipe } from "../recipe";
import { redisRecipe } from "./redis";

const renamed = (text: string): string => text.replaceAll("redis", "valkey");

const { files = [], config } = redisRecipe;

/** Valkey 8.1 with data in `/data`: as {@link redisRecipe}, under its own names of programs. */
export const valkeyRecipe = ownRecipe({
  ...redisRecipe,
  name: "valkey",
  version: "8.1",
  packages: ["valkey-server", "valkey-tools"],
  // The server is a link to the checker: one program under both names.
  paths: ["/usr/bin/valkey-server", "/usr/bin/valkey-check-rdb", "/usr/bin/valkey-cli"],
  files: files.map((file) => ({ ...file, content: renamed(file.content) })),
  users: [{ name: "valkey", uid: 999, home: "/data" }],
  config: {
    ...config,
    cmd: ["valkey-server"],
    ...(config.healthcheck === undefined ? {} : { healthcheck: { ...config.healthcheck, test: config.healthcheck.test.map(renamed) } }),
  },
});
