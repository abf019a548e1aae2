import { blocks, type ObjectValue } from "../value";
import type { HealthConfig, ProcessConfig } from "./container-api";
import { formatDuration } from "./duration";

/** The health check of a container; none where none was configured and it has its image's. */
export function healthBlocks(config: ProcessConfig, image: ProcessConfig | undefined, prior: ObjectValue): readonly ObjectValue[] {
  const health = config.Healthcheck;
  if (!health?.Test || health.Test.length === 0) return [];
  const before = prior["healthcheck"];
  const inherited = image?.Healthcheck ?? {};
  const observed = healthBlock(health);
  if (before === undefined) return [observed];
  const [block] = blocks(before);
  if (block === undefined) return sameHealth(health, inherited) ? [] : [observed];
  return [withoutInherited(observed, healthBlock(inherited), block)];
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

const UNSET: ObjectValue = healthBlock({});

/** The engine fills what was left at zero with the image's value: such a one still reads as it was configured. */
function withoutInherited(observed: ObjectValue, inherited: ObjectValue, prior: ObjectValue): ObjectValue {
  const kept = Object.entries(observed).map(([name, value]) => {
    const filled = name !== "test" && (prior[name] ?? UNSET[name]) === UNSET[name] && value === inherited[name];
    return [name, filled ? (UNSET[name] ?? value) : value] as const;
  });
  return Object.fromEntries(kept);
}

function sameHealth(one: HealthConfig, other: HealthConfig): boolean {
  return JSON.stringify(healthBlock(one)) === JSON.stringify(healthBlock(other));
}
