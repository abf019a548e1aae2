"use strict";

/** Rooms and the edges between them; everything that is not allowed here is a fault. */
const rooms = ["bench", "cli", "config", "constructs", "doctor", "engine", "examples", "images", "policies", "provider", "stacks", "store"];
const others = (...allowed) => `^(${rooms.filter((room) => !allowed.includes(room)).join("|")})/|^(main|index)\\.ts$`;

/** A room may use itself and the rooms listed. */
const room = (name, ...allowed) => ({
  name: `${name}-edges`,
  comment: `${name}/ may use ${[name, ...allowed].join(", ")} and packages`,
  severity: "error",
  from: { path: `^${name}/` },
  to: { path: others(name, ...allowed) },
});

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-orphans",
      severity: "error",
      from: { orphan: true, pathNot: "^(main|index)\\.ts$|\\.config\\.|\\.cjs$|^__tests__/|^script/" },
      to: {},
    },
    { name: "resolvable", severity: "error", from: { pathNot: "\\.mjs$" }, to: { couldNotResolve: true } },
    {
      name: "no-dev-packages",
      comment: "what users install must find its packages; provider and examples are bundled",
      severity: "error",
      from: { path: "^(cli|config|constructs|doctor|engine|images|policies|store|index\\.ts)" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer", "type-only"] },
    },
    room("engine"),
    room("provider", "engine"),
    room("policies", "constructs"),
    room("images", "engine"),
    room("store"),
    room("constructs", "engine", "images", "store"),
    {
      name: "context-files-only",
      comment: "synth sees the files that a build will see, and never talks to an engine",
      severity: "error",
      from: { path: "^constructs/" },
      to: { path: "^engine/", pathNot: "^engine/context-files" },
    },
    {
      name: "headers-only",
      comment: "synth never decrypts",
      severity: "error",
      from: { path: "^(config|constructs|stacks)/" },
      to: { path: "^store/", pathNot: "^store/(names|secret-header|store-error)" },
    },
    {
      name: "recipes-only",
      comment: "synth never touches apt or the daemon",
      severity: "error",
      from: { path: "^(config|constructs|stacks)/" },
      to: { path: "^images/", pathNot: "^images/recipe" },
    },
    {
      name: "recipes-are-data",
      severity: "error",
      from: { path: "^images/recipe" },
      to: { path: "^images/", pathNot: "^images/(recipe|busybox|image-error)" },
    },
    room("config", "constructs", "policies", "images"),
    room("stacks", "config", "constructs", "examples", "images", "policies"),
    room("cli", "doctor", "engine", "images", "policies", "store"),
    room("doctor", "constructs", "engine", "policies"),
    {
      name: "doctor-reads-what-is-written",
      comment: "of constructs the arithmetic of ranges alone, and nothing that runs cdktf",
      severity: "error",
      from: { path: "^doctor/" },
      to: {
        path: "^constructs/|^policies/(adapter|index)|node_modules/(cdktf|constructs|@cdktf)/",
        pathNot: "^constructs/networks/ip-range",
      },
    },
    {
      name: "policies-are-pure",
      comment: "only the adapter knows constructs, and no command needs it",
      severity: "error",
      from: { path: "^policies/", pathNot: "^policies/(adapter|index)" },
      to: { path: "^constructs/|node_modules/(cdktf|constructs|@cdktf)/|^policies/(adapter|index)" },
    },
    {
      name: "commands-read-what-is-written",
      severity: "error",
      from: { path: "^cli/" },
      to: { path: "^policies/(adapter|index)" },
    },
    room("examples", "config", "constructs"),
    {
      name: "no-imports-of-tests",
      severity: "error",
      from: { pathNot: "^__tests__/" },
      to: { path: "^__tests__/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|cdktf\\.out|coverage|temp|provider/gen)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: [".ts", ".cts", ".js", ".cjs", ".json"] },
    combinedDependencies: false,
  },
};
