/** The CPUs of a list such as `0-2,4`; undefined for anything else. */
export function cpusOf(cpuset: string): ReadonlySet<number> | undefined {
  const cpus = new Set<number>();
  for (const part of cpuset.split(",")) {
    const [, from = "", to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    if (from === "" || Number(to) < Number(from)) return undefined;
    for (let cpu = Number(from); cpu <= Number(to); cpu++) cpus.add(cpu);
  }
  return cpus;
}
