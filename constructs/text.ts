/** The kernel's bound for one argument or variable (MAX_ARG_STRLEN), which counts the NUL at its end. */
const LONGEST_ARGUMENT = 131_072;

/**
 * Why a text would not arrive as it is: strings of Terraform are composed Unicode, and those of the kernel end at a NUL.
 *
 * @returns what must hold and the mend; undefined when it arrives
 */
export function textFault(text: string): string | undefined {
  if (text.includes("\0")) return "must not hold a NUL byte; remove it";
  if (/\p{Surrogate}/u.test(text)) return "must be whole Unicode characters, got half of a surrogate pair; remove it";
  if (text !== text.normalize()) return "must be composed Unicode, since Terraform composes it; use normalize()";
  return undefined;
}

/** {@link textFault} of what becomes an argument or a variable of a process. */
export function argumentFault(text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes < LONGEST_ARGUMENT) return textFault(text);
  return `must be at most ${String(LONGEST_ARGUMENT - 1)} bytes, which is the kernel's bound, got ${String(bytes)}; hand it over as a file`;
}
