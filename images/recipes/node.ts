import { ownRecipe } from "../recipe";

// Built-in modules that the distribution keeps out of the binary and reads when they are first used.
const BUILT_INS = [
  "acorn/dist/acorn.js",
  "acorn-walk/dist/walk.js",
  "cjs-module-lexer/lexer.js",
  "cjs-module-lexer/dist/lexer.js",
  "minimatch/dist/cjs/index.bundle.js",
  "undici/undici-fetch.js",
];

/** Node.js 20 for services: the interpreter and the CA certificates, no npm; runs as 1000:1000. What is built on it brings a health check of its own. */
export const nodeRecipe = ownRecipe({
  name: "node",
  version: "20.19",
  suite: "trixie",
  packages: ["nodejs", "ca-certificates", "node-acorn", "node-cjs-module-lexer", "node-minimatch", "node-undici"],
  paths: ["/usr/bin/node", ...BUILT_INS.map((path) => `/usr/share/nodejs/${path}`)],
  bundles: [{ path: "/etc/ssl/certs/ca-certificates.crt", from: "/usr/share/ca-certificates/mozilla" }],
  links: [
    { path: "/usr/lib/ssl/cert.pem", target: "/etc/ssl/certs/ca-certificates.crt" },
    { path: "/usr/lib/ssl/certs", target: "/etc/ssl/certs" },
  ],
  directories: [{ path: "/home/node", uid: 1000, gid: 1000 }],
  users: [{ name: "node", uid: 1000, home: "/home/node" }],
  config: {
    cmd: ["node"],
    user: "1000:1000",
    stopSignal: "SIGTERM",
    healthcheck: {
      // What holds for any program: it is neither stopped nor dead, and there is room for one more process.
      test: ["CMD-SHELL", "grep -q '^State:.[RSD]' /proc/1/status"],
      intervalSeconds: 30,
      timeoutSeconds: 5,
      startPeriodSeconds: 0,
      retries: 3,
    },
  },
});
