import { pick } from "../built-from";
import { containerRule } from "../rule";

export const jsonCommand = containerRule({
  id: "DL3025",
  severity: "error",
  owasp: [],
  must: "CMD and ENTRYPOINT must be JSON arrays",
  why: "a shell in between takes the signals, and the program is killed in the middle of its work",
  mend: 'write such as CMD ["node", "server.js"]',
  check: ({ image }) => pick(image, ({ keyword, words }) => ["CMD", "ENTRYPOINT"].includes(keyword) && words === undefined),
});
