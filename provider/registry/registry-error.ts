/** A registry refused a request, or cannot be reached (`status` 0). */
export class RegistryError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.name = "RegistryError";
    this.status = status;
  }
}

/** The registry's own sentences in the body of an error, else its status. */
export function registryReason(status: number, body: string): string {
  const sentences = errorsOf(body).map(({ code, message }) => [code, message].filter(Boolean).join(": "));
  return sentences.length > 0 ? sentences.join("; ") : `status ${status}`;
}

function errorsOf(body: string): readonly { readonly code?: string; readonly message?: string }[] {
  try {
    const { errors } = JSON.parse(body) as { errors?: { code?: string; message?: string }[] };
    return Array.isArray(errors) ? errors : [];
  } catch {
    return [];
  }
}
