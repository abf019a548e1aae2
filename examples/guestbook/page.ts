import { type Draft, type Entry, MESSAGE_LENGTH, NAME_LENGTH } from "./entry";
import { STYLE } from "./style";

export interface PageView {
  readonly entries: readonly Entry[];
  readonly replica: string;
  readonly cache: "hit" | "miss";
  /** What the visitor sent and why it was refused. @default - an empty form */
  readonly refused?: { readonly draft: Partial<Draft>; readonly field: keyof Draft; readonly reason: string };
}

export function renderPage(view: PageView): string {
  return layout(
    "Guestbook",
    `<header>
<h1>Guestbook</h1>
<dl class="facts">
<div><dt>Answered by</dt> <dd>${escapeHtml(view.replica)}</dd></div>
<div><dt>Cache</dt> <dd>${view.cache}</dd></div>
</dl>
</header>
<main>
${form(view.refused)}
<h2 id="entries">Latest entries</h2>
${list(view.entries)}
</main>
<footer>Served by nginx, kept in MySQL, cached in Redis.</footer>`,
  );
}

/** A page for a fault: what happened, and what a visitor can do. */
export function renderFault(title: string, advice: string): string {
  return layout(
    title,
    `<main><h1>${escapeHtml(title)}</h1><p>${escapeHtml(advice)}</p><p><a href="/">Back to the guestbook</a></p></main>`,
  );
}

/** Safe in an element's text and in a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

function layout(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function form(refused: PageView["refused"]): string {
  const fault = refused ? `<p class="fault" id="fault" role="alert">${escapeHtml(refused.reason)}</p>\n` : "";
  const invalid = (field: keyof Draft): string => (refused?.field === field ? ' aria-invalid="true" aria-describedby="fault"' : "");
  return `<form method="post" action="/entries" accept-charset="utf-8" aria-label="Sign the guestbook">
${fault}<label for="name">Name</label>
<input id="name" name="name" required maxlength="${String(NAME_LENGTH)}" autocomplete="name"${invalid("name")} value="${escapeHtml(refused?.draft.name ?? "")}">
<label for="message">Message</label>
<textarea id="message" name="message" required maxlength="${String(MESSAGE_LENGTH)}"${invalid("message")}>
${escapeHtml(refused?.draft.message ?? "")}</textarea>
<button type="submit">Sign</button>
</form>`;
}

function list(entries: readonly Entry[]): string {
  if (entries.length === 0) return '<p class="empty">Nobody has signed yet. Be the first.</p>';
  return `<ol aria-labelledby="entries">\n${entries.map(item).join("\n")}\n</ol>`;
}

function item({ name, message, createdAt }: Entry): string {
  const when = `${createdAt.slice(0, 16).replace("T", " ")} UTC`;
  return `<li><strong>${escapeHtml(name)}</strong> <time datetime="${escapeHtml(createdAt)}">${escapeHtml(when)}</time>
<p>${escapeHtml(message)}</p></li>`;
}
