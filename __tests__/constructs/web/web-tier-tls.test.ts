import type { TerraformStack } from "cdktf";
import { Secret, Tls } from "../../../constructs";
import { address, container, differences, inStack, label, resource, without, type TerraformJson } from "../synth";
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
        "depends_on": [
          "docker_container.Web_Config_Loader_1CF9AF1F",
          "docker_container.Web_Check_48E059CD",
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

  it("has a job fill a volume with what is stored: a new value is a new job, and the same container", () => {
    const stored = (): TerraformJson => front({ tls: Tls.fromSecret(Secret.fromStore("certificate"), Secret.fromStore("key")) });
    const [job, web] = [container(stored(), "Web/Certificate/Write/Resource"), container(stored(), "Web/Resource")];
    expect(job).toMatchObject({ user: "0:0", network_mode: "none", capabilities: [{ drop: ["ALL"], add: ["CAP_CHOWN"] }] });
    expect(job["env"]).toEqual(["CERTIFICATE_FILE=/run/secrets/certificate/value", "KEY_FILE=/run/secrets/key/value"]);
    expect(web["command"]).toEqual(["/certificate/tls.pem"]);
    const mounts = web["mounts"] as { source: string; target: string; read_only: boolean }[];
    expect(mounts.find(({ target }) => target === "/certificate")).toMatchObject({ read_only: true });
    expect(JSON.stringify(mounts)).not.toContain("Secret");
    expect(JSON.stringify(web["depends_on"])).toContain("Web_Certificate_Write");
  });

  it("keeps a certificate that the host has made, for names and addresses", () => {
    const json = front({ tls: Tls.selfSigned(["shop.example", "10.0.0.5", "::1"]) });
    expect(container(json, "Web/Certificate/Write/Resource")["command"]).toEqual([
      "/certificate",
      "DNS:shop.example,IP:10.0.0.5,IP:::1",
      "shop.example",
    ]);
    expect(label(resource(json, "docker_volume", "Web/Certificate/Volume"), "docker-tiers.keep")).toBe("true");
    expect(config(json)).not.toContain("Strict-Transport-Security");
  });

  it("tries its configuration before it replaces anything: the same container, with no port, alias and probe", () => {
    const json = front({ tls, publish: { port: 443 } });
    const [check, web] = [container(json, "Web/Check"), container(json, "Web/Resource")];
    const { entrypoint, command, ports, mounts, networks_advanced, image } = check;
    expect({ entrypoint, command, ports }).toEqual({
      entrypoint: ["nginx"],
      command: ["-t", "-q", "-c", "/etc/docker-tiers/nginx.conf"],
      ports: [],
    });
    expect({ mounts, networks_advanced, image }).toEqual({
      mounts: web["mounts"],
      networks_advanced: web["networks_advanced"],
      image: web["image"],
    });
    expect(check).toMatchObject({ attach: true, must_run: false, lifecycle: { create_before_destroy: true } });
    expect(web["depends_on"]).toContain(address(json, "docker_container", "Web/Check"));
    expect(label(web, "docker-tiers.replace")).toBe("within-update");
  });

  it("without TLS and fragments has nothing to try", () => {
    expect(() => container(front(), "Web/Check")).toThrow();
    expect(label(container(front(), "Web/Resource"), "docker-tiers.replace")).toBeUndefined();
    const own = front({ http: { fragments: { http: "map $host $a { default 1; }", server: "location /own { return 204; }" } } });
    expect([config(own, "http.conf"), config(own, "server.conf")]).toEqual([
      "map $host $a { default 1; }",
      "location /own { return 204; }",
    ]);
    expect(config(own)).toMatch(/include \/etc\/docker-tiers\/http.conf;[^]*include \/etc\/docker-tiers\/server.conf;/);
    expect(container(own, "Web/Check")).toBeDefined();
  });
});
