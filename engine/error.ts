/** The daemon refused a request, or cannot be reached (`status` 0). */
export class EngineError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "EngineError";
    this.status = status;
  }

  /** True when the error says that the object does not exist. */
  static isNotFound(error: unknown): error is EngineError {
    return error instanceof EngineError && error.status === 404;
  }

  /** True when the error says that the object is in use or its name is taken. */
  static isConflict(error: unknown): error is EngineError {
    return error instanceof EngineError && error.status === 409;
  }
}

/** The host of an engine or its options are not usable as given. */
export class EngineHostError extends Error {
  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "EngineHostError";
  }
}
