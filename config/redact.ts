const SECRET = /PASS|SECRET|TOKEN|CREDENTIAL|PRIVATE|API_?KEY|ACCESS_?KEY/i;

/** Takes the password out of a URL. */
export function redactUrl(text: string): string {
  return text.replace(/(:\/\/[^/@:\s]*):[^/@\s]*@/g, "$1:***@");
}

/** Hides a value whose key says that it is a secret: faults end up in plans and logs. */
export function redactByKey(key: string, value: string): string {
  return SECRET.test(key) ? "***" : value;
}
