import { documentOf } from "../../bench/document";
import { ratioOfFastest } from "../../bench/figure";

const figure = ratioOfFastest("ours : bare", [300, 220, 900], [100, 110, 300], 2);

describe("the document of measurements", () => {
  it("compares the fastest runs, and says what the medians are", () => {
    expect(documentOf([figure], "one machine", "").split("\n")).toContain(
      "| ours : bare | 2.20 x | 2.00 x | **no** | 220 ms against 100 ms, fastest of 3; medians 2.73 x |",
    );
  });

  it("keeps what was measured by hand, and nothing else of the document before", () => {
    const byHand = "## Measured by hand\n\n| what |\n| --- |\n| by hand |\n";
    const text = documentOf([figure], "one machine", `# Measurements\n\nan older figure\n\n${byHand}`);
    expect(text.endsWith(`\n\n${byHand}`)).toBe(true);
    expect(text).not.toContain("an older figure");
    expect(documentOf([figure], "one machine", text)).toBe(text);
  });
});
