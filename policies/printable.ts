/** A text on one line that cannot steer a terminal, nor turn the direction of what is read. */
export const printable = (text: string): string => text.replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ");
