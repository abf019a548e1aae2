import type { TerraformStack } from "cdktf";
import { Tls } from "../../../constructs";
import { container, differences, inStack, without } from "../synth";
import { config, front, reachableService, tier } from "./declared";

const tls = Tls.fromHostPath("/srv/certificates/shop");

describe("WebTier with TLS", () => {
  it("publishes https and what sends visitors there, and watches its certificate", () => {
    const web = container(front({ tls, publish: { port: 443, redirectPort: 80, address: "0.0.0.0" } }), "Web/Resource");
    const { mounts, ...rest } = differences(web, container(front({ publish: { port: 8080 } }), "Web/Resource"));
    expect(without(rest, "labels")).toMatchInlineSnapshot(`
      {
        "command": [
          "/certificate/fullchain.pem",
          "/certificate/privkey.pem",
        ],
        "entrypoint": [
          "sh",
          "/etc/docker-tiers/serve.sh",
        ],
        "ports": [
          {
            "external": 80,
            "internal": 8080,
            "ip": "0.0.0.0",
            "protocol": "tcp",
          },
          {
            "external": 443,
            "internal": 8443,
            "ip": "0.0.0.0",
            "protocol": "tcp",
          },
        ],
      }
    `);
    expect(mounts).toContainEqual({ type: "bind", source: "/srv/certificates/shop", target: "/certificate", read_only: true });
  });

  it("has HSTS for two years, as long as is said, or none", () => {
    const sent = (hsts: Parameters<typeof Tls.fromHostPath>[1]) =>
      /"" "(max-age.*)";/.exec(config(front({ tls: Tls.fromHostPath("/srv/certificates/shop", hsts) })) ?? "")?.[1];
    expect(sent({})).toBe("max-age=63072000");
    expect(sent({ hsts: { days: 1 } })).toBe("max-age=86400");
    expect(sent({ hsts: { includeSubDomains: true, preload: true } })).toBe("max-age=63072000; includeSubDomains; preload");
    expect(sent({ hsts: false })).toBeUndefined();
  });

  it("is found by https", () => {
    const routes = (stack: TerraformStack) => ({ "/": reachableService(stack) });
    inStack((stack) => expect(tier(stack, { routes: routes(stack), tls, publish: { port: 8443 } }).url).toBe("https://127.0.0.1:8443/"));
  });

  it("takes other names of files, and one for both", () => {
    const pem = Tls.fromHostPath("/srv/certificates/shop", { certificate: "all.pem", key: "all.pem" });
    expect(container(front({ tls: pem }), "Web/Resource")["command"]).toEqual(["/certificate/all.pem"]);
  });
});
