import { createHash } from "node:crypto";

/** The whole look of the page, inline: nothing else is loaded. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #5a6570; --paper: #f5f6f8; --card: #fff; --line: #d5dae0;
  --accent: #0b57d0; --on-accent: #fff; --fault: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --soft: #a3adb8; --paper: #14171a; --card: #1d2126;
  --line: #383f47; --accent: #8ab4f8; --on-accent: #10233f; --fault: #f2b8b5; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main, header, footer { max-width: 40rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.5rem; }
h1 { margin: 0; font-size: 1.75rem; }
h2 { margin: 2rem 0 .75rem; font-size: 1.125rem; }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 1.25rem; color: var(--soft); }
.facts dt, .facts dd { display: inline; margin: 0; }
.facts dd { color: var(--ink); font-family: ui-monospace, monospace; font-size: .9375rem; }
form, li { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input, textarea { width: 100%; margin-bottom: .75rem; padding: .625rem .75rem; font: inherit; color: inherit;
  background: var(--paper); border: 1px solid var(--soft); border-radius: .5rem; }
textarea { min-height: 6rem; resize: vertical; }
button { width: 100%; min-height: 2.75rem; padding: .5rem 1.5rem; font: inherit; font-weight: 600; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 0; border-radius: .5rem; }
@media (min-width: 30rem) { button { width: auto; } }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
ol { margin: 0; padding: 0; list-style: none; display: grid; gap: .75rem; }
li p { margin: .25rem 0 0; overflow-wrap: anywhere; white-space: pre-wrap; }
li strong { overflow-wrap: anywhere; }
time, footer, .empty { color: var(--soft); font-size: .875rem; }
.fault { color: var(--fault); font-weight: 600; margin: 0 0 .75rem; }
footer { padding-top: 2rem; padding-bottom: 2rem; }
`;

/** The source expression by which a content security policy admits exactly this style. */
export const STYLE_HASH = `sha256-${createHash("sha256").update(STYLE).digest("base64")}`;
