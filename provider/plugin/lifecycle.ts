/** The end of the plugin's life, seen from everywhere that has to know of it. */
export interface Lifecycle {
  /** Aborted when Terraform asks to stop, or is gone. Running operations end as soon as they can. */
  readonly stopping: AbortSignal;
  /** Resolved when the plugin shall end. */
  readonly ended: Promise<void>;
  /** Aborts what runs: Terraform was interrupted. */
  stop(): void;
  /** Ends the plugin. */
  end(): void;
}

/** A lifecycle in its beginning. */
export function startLifecycle(): Lifecycle {
  const abort = new AbortController();
  let resolveEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (resolveEnd = resolve));
  return { stopping: abort.signal, ended, stop: () => abort.abort(), end: () => resolveEnd() };
}

const PARENT_CHECK_MS = 250;

/**
 * Ends the plugin when Terraform is gone without a word (SIGKILL): left alone it would go on creating objects while
 * the next run plans without them.
 */
export function followParent(lifecycle: Lifecycle): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    lifecycle.stop();
    lifecycle.end();
  }, PARENT_CHECK_MS);
  timer.unref();
}
