import { blocks, type ObjectValue } from "../value";
import type { HealthConfig, ProcessConfig } from "./container-api";
import { formatDuration } from "./duration";

/** The health check of a container; none where none was configured and it has its image's. */
export function healthBlocks(config: ProcessConfig, image: ProcessConfig | undefined, prior: ObjectValue): readonly ObjectValue[] {
  const health = config.Healthcheck;
  if (!health?.Test || health.Test.length === 0) return [];
  const before = prior["healthcheck"];
  const none = before !== undefined && blocks(before).length === 0;
  return none && sameHealth(health, image?.Healthcheck) ? [] : [healthBlock(health)];
}

function healthBlock(health: HealthConfig): ObjectValue {
  return {
    test: health.Test ?? [],
    interval: formatDuration(health.Interval ?? 0),
    timeout: formatDuration(health.Timeout ?? 0),
    start_period: formatDuration(health.StartPeriod ?? 0),
    start_interval: formatDuration(health.StartInterval ?? 0),
    retries: health.Retries ?? 0,
  };
}

function sameHealth(one: HealthConfig, other: HealthConfig | null | undefined): boolean {
  return JSON.stringify(healthBlock(one)) === JSON.stringify(healthBlock(other ?? {}));
}
