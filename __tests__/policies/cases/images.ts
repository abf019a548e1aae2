import { token } from "../tokens";
import { DIGEST, JOB, LOADER, attributes, dockerfile, type Cases } from "./setups";

/** What a container is made of, and as whom it runs. */
export const images: Readonly<Record<string, Cases>> = {
  "CIS-4.1": {
    passes: [attributes({ user: "999" }), attributes({ user: "app" }), attributes(JOB), attributes(LOADER)],
    fails: [
      [
        attributes({ user: undefined }),
        "process must run as a user that is not root, got no user; set user, or leave it out for 1000:1000",
      ],
      [attributes({ user: "0:0" }), "process must run as a user that is not root, got user = 0:0; set user, or leave it out for 1000:1000"],
      [
        attributes({ user: "root" }),
        "process must run as a user that is not root, got user = root; set user, or leave it out for 1000:1000",
      ],
      [
        attributes({ ...JOB, network_mode: "host" }),
        "process must run as a user that is not root, got user = 0:0; set user, or leave it out for 1000:1000",
      ],
    ],
  },
  "CIS-4.6": {
    passes: [dockerfile(), dockerfile("HEALTHCHECK --interval=3s \\", "  CMD wget -q http://127.0.0.1/")],
    fails: [
      [
        { image: { reference: "localhost/docker-tiers/shop:0123456789ab", dockerfile: "FROM scratch\n# HEALTHCHECK CMD true\n" } },
        "Dockerfile must have a HEALTHCHECK, got none; add HEALTHCHECK to the Dockerfile",
      ],
      [
        { image: { reference: "localhost/docker-tiers/shop:0123456789ab", dockerfile: "FROM scratch\nhealthcheck none\n" } },
        "Dockerfile must have a HEALTHCHECK, got HEALTHCHECK NONE; add HEALTHCHECK to the Dockerfile",
      ],
    ],
  },
  "CIS-4.7": {
    passes: [dockerfile("RUN apt-get update && apt-get install -y nginx")],
    fails: [
      [
        dockerfile("RUN apt-get -q update", "RUN apt-get install -y nginx"),
        "Dockerfile must update and install in one RUN, got line 3: RUN apt-get -q update; join both by && in one RUN",
      ],
    ],
  },
  "CIS-4.9": {
    passes: [dockerfile("COPY a /a", "ADD rootfs.tar.gz /")],
    fails: [
      [
        dockerfile("ADD https://downloads.example/x.tgz /x"),
        "Dockerfile must COPY rather than ADD, got line 3: ADD https://downloads.example/x.tgz /x; write COPY, and fetch with a checksum",
      ],
    ],
  },
  "CIS-4.10": {
    passes: [dockerfile("ENV PORT=3000 PASSWORD_FILE=/run/secrets/password", "ARG BASE", "RUN echo password")],
    fails: [
      [
        dockerfile('ENV PORT=3000 DB_PASSWORD="hunter 2"'),
        "build must hold no secret, got secret value in ENV DB_PASSWORD; take it out, and hand it to the container as a file",
      ],
      [
        dockerfile("ENV API_TOKEN correct-horse"),
        "build must hold no secret, got secret value in ENV API_TOKEN; take it out, and hand it to the container as a file",
      ],
      [
        dockerfile(`RUN npm config set x ${token("npm")}`),
        "build must hold no secret, got npm token in RUN; take it out, and hand it to the container as a file",
      ],
      [
        { image: { reference: "localhost/docker-tiers/shop:0123456789ab", buildArgs: { NPM_TOKEN: token("npm") } } },
        "build must hold no secret, got npm token in build argument NPM_TOKEN; take it out, and hand it to the container as a file",
      ],
    ],
  },
  "TIERS-VERSION": {
    passes: ["nginx:1.30.6", "node:20.19-slim", "shop:2026.10", "shop:3f2a9c1", `nginx@${DIGEST}`, DIGEST, "localhost:5000/a/b:v1.2"].map(
      (reference) => ({ image: { reference } }),
    ),
    fails: ["nginx", "nginx:latest", "nginx:1", "nginx:stable-alpine", "registry.example:5000/shop", "mysql:8-oracle"].map((reference) => [
      { image: { reference } },
      `image must be one exact version, got ${reference}; name a version such as nginx:1.30.6`,
    ]),
  },
  "TIERS-DIGEST": {
    passes: [
      `nginx:1.30.6@${DIGEST}`,
      DIGEST,
      "localhost/docker-tiers/mysql:9.7-ee78b035a257",
      "localhost/docker-tiers/guestbook:267f112791db",
    ].map((reference) => ({ image: { reference } })),
    fails: ["nginx:1.30.6", "registry.example/docker-tiers/mysql:9.7-ee78b035a257", "localhost/docker-tiers/shop:1.2.3"].map(
      (reference) => [
        { image: { reference } },
        `image must be pinned to its content, got ${reference}; add @sha256:..., or use ContainerImage.fromPackages or fromBuild`,
      ],
    ),
  },
};
