import type { PackageRecipe } from "../recipe";

/** Node.js 20 for services: the interpreter and the CA certificates, no npm. */
export const nodeRecipe: PackageRecipe = {
  name: "node",
  version: "20.19",
  suite: "trixie",
  packages: ["nodejs", "ca-certificates"],
  paths: ["/usr/bin/node"],
  users: [{ name: "node", uid: 1000, home: "/home/node" }],
  config: { cmd: ["node"], user: "1000:1000", stopSignal: "SIGTERM" },
};
