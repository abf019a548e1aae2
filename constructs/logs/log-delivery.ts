import { requireWhole, type LogOptions } from "./log-options";

/** What happens to a container that writes faster than its log driver takes: it waits, or lines are lost. */
export class LogDelivery {
  /** It waits until the driver has taken its line. No line is lost; a receiver that is away lets the service stand still. */
  static blocking(): LogDelivery {
    return new LogDelivery({ mode: "blocking" });
  }

  /**
   * Lines wait in a buffer in the engine's memory. The service never stands still; what comes while the buffer is full is lost.
   *
   * @param options - `bufferMiB`: 1 to 1024, for each container. Default 4; the engine's own would be 1
   * @throws ConstructError `LOG_DRIVER`
   */
  static nonBlocking({ bufferMiB = 4 }: { readonly bufferMiB?: number } = {}): LogDelivery {
    requireWhole("bufferMiB", bufferMiB, 1, 1024, 4);
    return new LogDelivery({ mode: "non-blocking", "max-buffer-size": `${String(bufferMiB)}m` });
  }

  private constructor(
    /** In the engine's names. */
    readonly options: LogOptions,
  ) {}
}
