import { withRuns, type EngineRun } from "../../script/engines-document";

const run = (engine: string, numFailedTests: number): EngineRun => ({
  engine,
  version: "28.5.2",
  report: {
    numPassedTests: 150,
    numFailedTests,
    numPendingTests: 1,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    success: numFailedTests === 0,
    startTime: Date.UTC(2026, 10, 25, 12),
  },
});

describe("the record of the engines", () => {
  it("is a table between the page's markers, and replaces the one before", () => {
    const page = "# Engines\n\n<!-- prettier-ignore-start -->\nold\n<!-- prettier-ignore-end -->\nmore\n";
    const written = withRuns(page, [run("28.5", 0), run("28.5-containerd", 2)], "terraform 1.11.4");
    expect(written).toBe(`# Engines

<!-- prettier-ignore-start -->

| Engine | Image store | Day | Passed | Failed | Skipped |
| --- | --- | --- | --- | --- | --- |
| Docker 28.5.2 | classic | 2026-11-25 | 150 | 0 | 1 |
| Docker 28.5.2 | containerd | 2026-11-25 | 150 | 2 | 1 |

With terraform 1.11.4.

<!-- prettier-ignore-end -->
more
`);
    expect(withRuns(written, [run("28.5", 0), run("28.5-containerd", 2)], "terraform 1.11.4")).toBe(written);
  });

  it("fails for a page without markers", () => {
    expect(() => withRuns("# Engines\n", [], "terraform")).toThrow(
      'the page must hold the markers "<!-- prettier-ignore-start -->" and "<!-- prettier-ignore-end -->", in this order',
    );
  });
});
