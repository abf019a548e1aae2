import { createHash } from "node:crypto";
import fc from "fast-check";
import { escapeHtml, renderFault, renderPage } from "../../../examples/guestbook/page";
import { STYLE_HASH } from "../../../examples/guestbook/style";

const entry = { id: 1, name: "Ada", message: "Hello", createdAt: "2026-01-02T03:04:05.678Z" };

describe("renderPage", () => {
  it("shows who answered, whether the cache was hit, and the entries with their time", () => {
    const page = renderPage({ entries: [entry], replica: "replica-7", cache: "hit" });
    expect(page).toContain("<dt>Answered by</dt> <dd>replica-7</dd>");
    expect(page).toContain("<dt>Cache</dt> <dd>hit</dd>");
    expect(page).toContain('<time datetime="2026-01-02T03:04:05.678Z">2026-01-02 03:04 UTC</time>');
    expect(page).toContain("<p>Hello</p>");
  });

  it("invites the first visitor when there are no entries", () => {
    expect(renderPage({ entries: [], replica: "r", cache: "miss" })).toContain("Nobody has signed yet");
  });

  it("loads nothing and runs nothing: one inline style that the policy admits by its hash", () => {
    const page = renderPage({ entries: [entry], replica: "r", cache: "hit" });
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? "";
    expect(`sha256-${createHash("sha256").update(style).digest("base64")}`).toBe(STYLE_HASH);
    expect(page).not.toMatch(/<script|https?:|url\(|@import| style=| on\w+=/);
  });

  it("labels its fields and fits a phone", () => {
    const page = renderPage({ entries: [], replica: "r", cache: "miss" });
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(page).toContain('<label for="name">');
    expect(page).toContain('<label for="message">');
  });

  it("keeps what a refused visitor typed, and says at the field what is wrong", () => {
    const refused = { draft: { name: '"><b>', message: "</textarea><b>" }, field: "name", reason: "name is <odd>" } as const;
    const page = renderPage({ entries: [], replica: "r", cache: "miss", refused });
    expect(page).toContain('aria-invalid="true" aria-describedby="fault" value="&quot;&gt;&lt;b&gt;"');
    expect(page).toContain("&lt;/textarea&gt;&lt;b&gt;</textarea>");
    expect(page).toContain('role="alert">name is &lt;odd&gt;</p>');
    expect(page).not.toContain("<b>");
  });

  it("adds no tag whatever the text is", () => {
    const tags = (page: string): number => page.split("<").length;
    const plain = tags(renderPage({ entries: [entry], replica: "r", cache: "hit" }));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "a") }), (name, message) => {
        expect(tags(renderPage({ entries: [{ ...entry, name, message }], replica: name, cache: "hit" }))).toBe(plain);
      }),
    );
  });
});

describe("escapeHtml", () => {
  it("escapes all five characters, ampersands first", () => {
    expect(escapeHtml(`<a href="x" title='y'>&lt;</a>`)).toBe("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;lt;&lt;/a&gt;");
  });
});

describe("renderFault", () => {
  it("says what happened and leads back", () => {
    const page = renderFault("Gone & <lost>", "Try again.");
    expect(page).toContain("<h1>Gone &amp; &lt;lost&gt;</h1><p>Try again.</p>");
    expect(page).toContain('<a href="/">');
  });
});
