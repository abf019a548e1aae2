import { ownRecipe } from "../recipe";

/** The openssl program, which makes certificates on a host; runs as 1000:1000. */
export const opensslRecipe = ownRecipe({
  name: "openssl",
  version: "3.5",
  suite: "trixie",
  packages: ["openssl"],
  paths: ["/usr/bin/openssl"],
  users: [{ name: "openssl", uid: 1000, home: "/nonexistent" }],
  config: { cmd: ["openssl", "version"], user: "1000:1000", stopSignal: "SIGTERM" },
});
