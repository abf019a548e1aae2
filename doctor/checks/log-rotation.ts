import { ofDaemon, unless, type Check } from "../check";

export const logRotation: Check = {
  id: "HOST-LOGS",
  severity: "warning",
  cis: "2.13",
  owasp: ["10"],
  must: "logs of containers that say nothing about them must be rotated",
  why: "ours say it, but one container that somebody starts by hand fills the data root",
  mend: "set max-size and max-file of the log driver, for containers that are made from then on",
  check: (reading) =>
    reading.engine?.info.LoggingDriver === "json-file" ? ofJsonFile(reading) : reading.engine === undefined ? "unseen" : [],
};

const ofJsonFile = ofDaemon(({ logOptions }) =>
  unless("max-size" in logOptions, {
    got: "json-file without max-size",
    settings: { "log-opts": { ...logOptions, "max-size": "10m", "max-file": "3" } },
  }),
);
