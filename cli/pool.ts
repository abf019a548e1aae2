/**
 * Calls a function for every item, a few at a time. All are tried; afterwards the first error is thrown.
 *
 * @param width - how many at once, at least 1
 */
export async function forEachOf<T>(items: readonly T[], width: number, call: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const errors: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await call(item).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  if (errors.length > 0) throw errors[0];
}
