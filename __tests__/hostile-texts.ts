import fc from "fast-check";

/** Texts that mean something to Terraform, a shell, SQL, nginx, a file system, a terminal or an encoder. */
export const HOSTILE = [
  '${file("/etc/passwd")}',
  "%{ if true }yes%{ endif }",
  "$${not} %%{this}",
  "$$${a}",
  "'",
  '"',
  "\\",
  "a\nb",
  "a\r\nb",
  "a\0b",
  "../../etc/passwd",
  "..",
  "/",
  "-rf",
  "$(id)",
  "`id`",
  "a; touch /tmp/pwned; #",
  "' OR 1=1; -- ",
  "a`; DROP DATABASE app; -- ",
  '"; return 200 pwned; }\nserver { listen 1; #',
  "{{.Config}}",
  "\u202egnp.exe",
  "\u001b[2J",
  "\u2028\u2029",
  "한국어 서버",
  "한국어".normalize("NFD"),
  "سلام",
  "👩‍👩‍👧",
  "\ud800",
  "__proto__",
  "",
] as const;

/** The list above, mixtures of its parts, and anything at all. */
export const hostileText = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc
    .array(fc.constantFrom("$", "%", "{", "}", "'", '"', "\\", "\n", ";", "`", "..", "/", " ", "a", "${", "%{", "가"))
    .map((parts) => parts.join("")),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
);

export const MEBIBYTE = "a".repeat(1024 * 1024);
