import { join } from "node:path";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Environment } from "../config";
import { BridgeNetwork, ContainerImage, Health, imageOf, MySql, packageRoot, Redis, Service, storageOf, WebTier } from "../constructs";
import { mysqlRecipe } from "../images/recipes/mysql";
import { nodeRecipe } from "../images/recipes/node";
import { redisRecipe } from "../images/recipes/redis";
import { allow } from "../policies";

export interface GuestbookProps {
  readonly environment: Environment;
}

const bundled = (name: string): string => join(packageRoot(), "dist", "examples", name);

/** Built from what `npm run build` bundles: a change of the code sends the code, and not its libraries. */
const GUESTBOOK = ContainerImage.fromBuild(bundled("guestbook"), {
  name: "guestbook",
  buildArgs: {
    BASE: ContainerImage.fromBuild(bundled("guestbook-libraries"), {
      name: "guestbook-libraries",
      buildArgs: { BASE: ContainerImage.fromPackages(nodeRecipe) },
    }),
  },
});

/** The guestbook behind nginx, with its MySQL and its Redis: one stack per environment. */
export class Guestbook extends TerraformStack {
  constructor(scope: Construct, id: string, { environment }: GuestbookProps) {
    super(scope, id);
    environment.configure(this);
    const { app, mysql, redis, web } = environment;
    const database = new MySql(this, "Database", {
      image: imageOf(mysql.image, mysqlRecipe),
      storage: storageOf(mysql.storage),
      database: mysql.database,
      memoryMiB: mysql.memoryMiB,
    });
    const cache = new Redis(this, "Cache", { image: imageOf(redis.image, redisRecipe), memoryMiB: redis.memoryMiB });
    const edge = new BridgeNetwork(this, "Edge");
    const guestbook = new Service(this, "Guestbook", {
      image: app.image === "build" ? GUESTBOOK : ContainerImage.fromRegistry(app.image),
      network: edge,
      port: 3000,
      replicas: web.replicas,
      memoryMiB: app.memoryMiB,
      deduplicates: true,
      health: Health.http("/healthz", { intervalSeconds: 2, startPeriodSeconds: 120 }),
    });
    database.allowFrom(guestbook, { as: "DATABASE" });
    cache.allowFrom(guestbook, { as: "CACHE" });
    const tier = new WebTier(this, "Web", { network: edge, routes: { "/": guestbook }, publish: web.publish, memoryMiB: web.memoryMiB });
    allow("CIS-5.8", {
      on: tier,
      optional: true,
      because: "browsers look for a site at 80; nginx itself listens on 8080, without a capability",
    });
    new TerraformOutput(this, "url", { value: tier.url, staticId: true });
  }
}
