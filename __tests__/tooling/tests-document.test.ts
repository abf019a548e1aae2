import { withRuns, type SuiteRun } from "../../script/tests-document";

const startTime = Date.UTC(2026, 10, 25, 12);

const run = (suite: string, numFailedTests: number): SuiteRun => ({
  suite,
  engine: "28.5.2",
  report: {
    numPassedTests: 150,
    numFailedTests,
    numPendingTests: 1,
    numTodoTests: 0,
    numRuntimeErrorTestSuites: 0,
    success: numFailedTests === 0,
    startTime,
    testResults: [{ endTime: startTime + 90_000 }, { endTime: startTime + 30_000 }],
  },
});

const page = "# Tests\n\n<!-- prettier-ignore-start -->\n<!-- prettier-ignore-end -->\nmore\n";

describe("the record of the tests", () => {
  it("is a table between the page's markers, where a suite that runs again has its row renewed and others keep theirs", () => {
    const first = withRuns(page, [run("docker-28.5", 3), run("unit", 0)], "terraform 1.11.4");
    const written = withRuns(first, [run("docker-28.5", 0), run("swarm", 2)], "terraform 1.12.0");
    expect(written).toBe(`# Tests

<!-- prettier-ignore-start -->

| Suite | Engine | Day | Minutes | Passed | Failed | Skipped | With |
| --- | --- | --- | --- | --- | --- | --- | --- |
| docker-28.5 | Docker 28.5.2 | 2026-11-25 | 1.5 | 150 | 0 | 1 | terraform 1.12.0 |
| unit | Docker 28.5.2 | 2026-11-25 | 1.5 | 150 | 0 | 1 | terraform 1.11.4 |
| swarm | Docker 28.5.2 | 2026-11-25 | 1.5 | 150 | 2 | 1 | terraform 1.12.0 |

<!-- prettier-ignore-end -->
more
`);
    expect(withRuns(written, [run("swarm", 2)], "terraform 1.12.0")).toBe(written);
  });

  it("fails for a page without markers", () => {
    expect(() => withRuns("# Tests\n", [], "terraform")).toThrow(
      'the page must hold the markers "<!-- prettier-ignore-start -->" and "<!-- prettier-ignore-end -->", in this order',
    );
  });
});
