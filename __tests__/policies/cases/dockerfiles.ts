import type { ContainerSetup } from "../container";
import type { Cases } from "./setups";

/** A container of an image that is built from these lines. */
const built = (...lines: readonly string[]): ContainerSetup => ({
  image: { reference: "localhost/docker-tiers/shop:0123456789ab", dockerfile: lines.join("\n") },
});

const withImage = (setup: ContainerSetup, more: object): ContainerSetup => ({ image: { reference: "", ...setup.image, ...more } });

/** One instruction after a FROM that is as it should be. */
const one = (...lines: readonly string[]): ContainerSetup => built("FROM debian:12.5", ...lines);

const gets = (must: string, mend: string) => (got: string) => `${must}, got ${got}; ${mend}`;

const root = gets("last user of the Dockerfile must not be root", "end with USER 1000:1000");
const tag = gets("image that a Dockerfile stands on must have a tag", "write one such as debian:12.5");
const latest = gets("image that a Dockerfile stands on must not be whatever is latest", "write a version such as debian:12.5");
const pinned = gets(
  "packages that a Dockerfile installs by apt must have a version",
  "write each as NAME=VERSION, or use ContainerImage.fromPackages",
);
const json = gets("CMD and ENTRYPOINT must be JSON arrays", 'write such as CMD ["node", "server.js"]');
const pipe = gets(
  "pipe must fail where any of its commands does",
  'write SHELL ["/bin/bash", "-o", "pipefail", "-c"] before it, or set -o pipefail in it',
);
const order = gets(
  "what changes with the code must be copied after what is installed",
  "install first, and copy before that only what the installation reads, such as package-lock.json",
);

const STAGES = ["FROM debian:12.5 AS build", "USER root", "FROM debian:12.5", "USER app"];

/** What a Dockerfile says, with the number of the line. */
export const dockerfiles: Readonly<Record<string, Cases>> = {
  DL3002: {
    passes: [one(), one("USER root", "RUN true", "USER 1000:1000"), one("USER rooty"), built(...STAGES), {}],
    fails: [
      [one("USER app", "RUN true", "USER root"), root("line 4: USER root")],
      [one("user 0:0"), root("line 2: USER 0:0")],
      [withImage(built(...STAGES), { target: "build" }), root("line 2: USER root")],
    ],
  },
  DL3006: {
    passes: [
      built("FROM scratch"),
      built("FROM debian:12.5 AS build", "FROM build"),
      built(`FROM debian@sha256:${"ab".repeat(32)}`),
      built("FROM localhost:5000/debian:12.5"),
      withImage(built("ARG BASE=debian", "FROM ${BASE}"), { buildArgs: { BASE: "debian:12.5" } }),
      built("ARG BASE", "FROM $BASE"),
    ],
    fails: [
      [built("# syntax", "FROM debian"), tag("line 2: FROM debian")],
      [built("FROM --platform=linux/amd64 localhost:5000/debian AS build"), tag("line 1: FROM localhost:5000/debian AS build")],
      [built('ARG BASE="debian"', "FROM ${BASE}"), tag("line 2: FROM ${BASE}")],
      [built("FROM ${BASE:-debian}"), tag("line 1: FROM ${BASE:-debian}")],
    ],
  },
  DL3007: {
    passes: [built("FROM debian:12.5"), built("FROM latest:1.2.3"), built(`FROM debian:latest@sha256:${"ab".repeat(32)}`)],
    fails: [
      [built("FROM debian:latest"), latest("line 1: FROM debian:latest")],
      [withImage(built("ARG BASE", "FROM ${BASE}"), { buildArgs: { BASE: "node:latest" } }), latest("line 2: FROM ${BASE}")],
    ],
  },
  DL3008: {
    passes: [
      one("RUN apt-get update && apt-get install -y --no-install-recommends -t trixie curl=8.14.1-2 && rm -rf /var/lib/apt/lists/*"),
      one("RUN apt-get install -y ./tool.deb $PACKAGES"),
      one("RUN echo apt-get && npm install curl"),
    ],
    fails: [
      [
        one("RUN apt-get update \\", "  # why", "  && apt-get install -y curl=8.14.1-2 git"),
        pinned("line 2: RUN apt-get update && apt-get install -y curl=8.14.1-2 git"),
      ],
      [one('RUN ["apt-get", "install", "curl"]'), pinned('line 2: RUN ["apt-get", "install", "curl"]')],
      [one("RUN <<EOF", "apt-get install curl", "EOF"), pinned("line 2: RUN <<EOF ; apt-get install curl ; EOF")],
      [
        withImage(one(), { bases: [{ reference: "localhost/docker-tiers/base:0123456789ab", dockerfile: "RUN apt install curl" }] }),
        pinned("line 1 of base: RUN apt install curl"),
      ],
    ],
  },
  DL3025: {
    passes: [one('CMD ["node", "server.js"]', 'ENTRYPOINT [ "tini" ]'), one("CMD []"), one("HEALTHCHECK CMD true")],
    fails: [
      [one("CMD node server.js"), json("line 2: CMD node server.js")],
      [one("entrypoint ['node']"), json("line 2: ENTRYPOINT ['node']")],
    ],
  },
  DL4006: {
    passes: [
      one('SHELL ["/bin/bash", "-eo", "pipefail", "-c"]', "RUN wget -O - x | tar x"),
      one("RUN set -euo pipefail && wget -O - x | tar x"),
      one("RUN test -e a || echo 'a | b' \"c | d\" && case $x in a|b) true ;; esac"),
      one('RUN ["echo", "|"]'),
    ],
    fails: [
      [one("RUN wget -O - x | tar x"), pipe("line 2: RUN wget -O - x | tar x")],
      [
        built("FROM debian:12.5 AS build", 'SHELL ["/bin/bash", "-o", "pipefail", "-c"]', "FROM debian:12.5", "RUN a | b"),
        pipe("line 4: RUN a | b"),
      ],
    ],
  },
  "TIERS-LAYERS": {
    passes: [
      one("RUN apt-get install -y curl=8.14.1-2", "COPY package*.json ./", "RUN npm ci", "COPY . ."),
      one("COPY keys/debian.gpg /etc/apt/keyrings/", "COPY tool.deb /tmp/", "RUN apt-get install -y /tmp/tool.deb"),
      one("COPY --from=build /app /app", "RUN npm ci"),
      one("COPY . .", "RUN pip install --no-deps ."),
      built("FROM debian:12.5 AS build", "COPY . .", "FROM debian:12.5", "RUN apt-get install -y curl=8.14.1-2"),
    ],
    fails: [
      [one("COPY . .", "RUN npm ci"), order("line 3: RUN npm ci after line 2: COPY . .")],
      [
        one("COPY package.json .", "RUN apt-get install -y curl=1"),
        order("line 3: RUN apt-get install -y curl=1 after line 2: COPY package.json ."),
      ],
      [one('ADD ["src", "/app"]', "RUN pip install flask"), order('line 3: RUN pip install flask after line 2: ADD ["src", "/app"]')],
    ],
  },
};
