import { gunzipSync } from "node:zlib";
import type { TerraformStack } from "cdktf";
import { ContainerImage, Health, LogDelivery, LogDriver, Service } from "../../../constructs";
import { run } from "../../e2e/command";
import { withDeclared, type Declared } from "../../provider/declared";
import { until } from "../../provider/until";
import { datagramReceiver, fluentdReceiver, type Receiver } from "./receivers";

jest.setTimeout(120_000);

const delivery = LogDelivery.blocking();
const health = Health.command(["true"], { intervalSeconds: 1 });

function service(stack: TerraformStack, id: string, log: LogDriver, script: string): Service {
  const image = ContainerImage.fromRegistry("probe:1");
  const said = { entrypoint: ["sh", "-c", `${script}; exec sleep 600`], environment: { ZONE: "north" }, labels: { team: "shop" } };
  return new Service(stack, id, { image, memoryMiB: 32, health, log, ...said });
}

/** What `docker logs` tells, or why it tells nothing. */
async function logs({ docker }: Declared, stack: string, name: string): Promise<string> {
  const { Id } = await docker.container(stack, name);
  const { stdout, stderr } = await run("docker", ["-H", docker.host, "logs", Id]);
  return `${stdout}${stderr}`.trimEnd();
}

const heard = <T>(receiver: Receiver<T>, what: (one: T) => boolean): Promise<T> =>
  until("a line", 30, () => Promise.resolve(receiver.received.find(what)));

describe("lines that a container writes", () => {
  const STACK = "runtime-logs";

  it("arrive at a syslog server, by RFC 5424, and `docker logs` has no copy where none is wanted", async () => {
    const syslog = await datagramReceiver(String);
    const address = `udp://127.0.0.1:${String(syslog.port)}`;
    const log = LogDriver.syslog({ address, facility: "local3", tag: "{{.Name}}", delivery, hostCopy: "none" });
    try {
      await withDeclared(
        STACK,
        (stack) => service(stack, "Shop", log, "echo one order"),
        async (declared) => {
          const line = await heard(syslog, (text) => text.includes("one order"));
          // 30 is priority local3 (19) * 8 + info (6).
          expect(line).toMatch(
            /^<158>1 \d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d) \S+ runtime-logs-shop-1-[0-9a-f]{8} \d+ \S+ - one order\n?$/,
          );
          expect(await logs(declared, STACK, "shop")).toContain("configured logging driver does not support reading");
        },
      );
    } finally {
      await syslog.close();
    }
  });

  it("arrive at Graylog with what is known of the container, and are kept on the host for `docker logs`", async () => {
    const gelf = await datagramReceiver((datagram) => JSON.parse(gunzipSync(datagram).toString()) as Record<string, unknown>);
    const address = `udp://127.0.0.1:${String(gelf.port)}`;
    const log = LogDriver.gelf({ address, compression: "gzip", labels: ["team"], environment: ["ZONE"], delivery });
    try {
      await withDeclared(
        STACK,
        (stack) => service(stack, "Shop", log, "echo one order >&2"),
        async (declared) => {
          const line = await heard(gelf, ({ short_message: text }) => text === "one order");
          expect(line).toMatchObject({ version: "1.1", level: 3, _team: "shop", _ZONE: "north" });
          expect(line["_container_name"]).toMatch(/^runtime-logs-shop-1-/);
          expect(await logs(declared, STACK, "shop")).toBe("one order");
        },
      );
    } finally {
      await gelf.close();
    }
  });

  it("arrive at Fluentd in their order, each with its tag", async () => {
    const fluentd = await fluentdReceiver();
    const log = LogDriver.fluentd({ address: `tcp://127.0.0.1:${String(fluentd.port)}`, tag: "shop.web", labels: ["team"], delivery });
    try {
      await withDeclared(
        STACK,
        (stack) => service(stack, "Shop", log, "for n in 1 2 3; do echo order $n; done"),
        async () => {
          await heard(fluentd, ({ record }) => record["log"] === "order 3");
          expect(fluentd.received.map(({ tag, record }) => [tag, record["log"], record["source"], record["team"]])).toEqual(
            ["order 1", "order 2", "order 3"].map((text) => ["shop.web", text, "stdout", "shop"]),
          );
        },
      );
    } finally {
      await fluentd.close();
    }
  });
});

describe("files on the host", () => {
  const STACK = "runtime-files";
  const LINE = "of a line that is somewhat longer";
  const WRITE = `yes ${LINE} | head -c 5000000; echo last order; touch /dev/shm/written`;

  it.each([
    ["json-file", (maxSizeMiB: number) => LogDriver.jsonFile({ maxSizeMiB, maxFiles: 2 })],
    ["local", (maxSizeMiB: number) => LogDriver.local({ maxSizeMiB, maxFiles: 2 })],
  ] as const)("of %s are rotated: what is old goes, and all stays where there is room", async (_, log) => {
    await withDeclared(
      STACK,
      (stack) => {
        service(stack, "Small", log(1), WRITE);
        service(stack, "Large", log(50), WRITE);
      },
      async (declared) => {
        const size = (name: string): Promise<number> =>
          until("all lines", 60, async () => {
            const text = await logs(declared, STACK, name);
            return text.endsWith("last order") ? text.length : undefined;
          });
        expect(await size("large")).toBeGreaterThan(5_000_000);
        expect(await size("small")).toBeLessThan(2.2 * 1024 * 1024);
      },
    );
  });
});
