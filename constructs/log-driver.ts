/** Limits of the `json-file` log driver. */
export interface JsonFileOptions {
  /** Size at which a file is rotated. @default 10 */
  readonly maxSizeMiB?: number;
  /** Files kept, the newest included. @default 3 */
  readonly maxFiles?: number;
}

/** Where the engine writes a container's output, and how much of it is kept. */
export class LogDriver {
  /** Files on the host, read by `docker logs`. */
  static jsonFile({ maxSizeMiB = 10, maxFiles = 3 }: JsonFileOptions = {}): LogDriver {
    return new LogDriver("json-file", { "max-size": `${String(maxSizeMiB)}m`, "max-file": String(maxFiles) });
  }

  private constructor(
    readonly name: string,
    readonly options: Readonly<Record<string, string>>,
  ) {}
}
