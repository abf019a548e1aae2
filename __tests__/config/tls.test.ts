import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatFaults } from "../../config";
import { loadDev } from "./load";

const HOST = "unix:///path, ssh://[user@]host[:port], or tcp://host:port together with TLS_CERT_PATH";
const only = (line: string) => `SETTINGS: dev has 1 fault; nothing is applied\n  ${line}`;

describe("hosts reached by TCP", () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "docker-tiers-tls-"));
  });

  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("take the certificates of TLS_CERT_PATH", () => {
    for (const name of ["ca.pem", "cert.pem", "key.pem"]) writeFileSync(join(directory, name), "");

    expect(loadDev("HOST=tcp://10.0.0.5:2376", { DEV_TLS_CERT_PATH: directory })).toMatchObject({
      host: "tcp://10.0.0.5:2376",
      tlsCertPath: directory,
      faults: [],
    });
  });

  it("fail without certificates, with the reason", () => {
    const { host, faults } = loadDev("HOST=tcp://10.0.0.5:2375");

    expect(host).toBe("unix:///var/run/docker.sock");
    expect(formatFaults("dev", faults)).toBe(
      only(
        `HOST must be ${HOST}, got "tcp://10.0.0.5:2375"; ` +
          "set TLS_CERT_PATH: an unauthenticated daemon port gives root on the host (file .env.dev line 1)",
      ),
    );
  });

  it("fail when certificates are missing from the directory", () => {
    writeFileSync(join(directory, "ca.pem"), "");
    const { host, tlsCertPath, faults } = loadDev("HOST=tcp://10.0.0.5:2376", { DEV_TLS_CERT_PATH: directory });

    expect([host, tlsCertPath]).toEqual(["unix:///var/run/docker.sock", undefined]);
    expect(formatFaults("dev", faults)).toBe(
      only(
        `TLS_CERT_PATH must be the path of a directory with ca.pem, cert.pem and key.pem, got "${directory}"; ` +
          "cannot read cert.pem, key.pem (variable DEV_TLS_CERT_PATH)",
      ),
    );
  });

  it("fail once, not twice, when the path itself is faulty", () => {
    expect(formatFaults("dev", loadDev("HOST=tcp://h:2376\nTLS_CERT_PATH=~/certs").faults)).toBe(
      only(
        "TLS_CERT_PATH must be the path of a directory with ca.pem, cert.pem and key.pem, " +
          'got "~/certs"; write the home directory out (file .env.dev line 2)',
      ),
    );
  });

  it("are the only ones that read TLS_CERT_PATH", () => {
    expect(loadDev("TLS_CERT_PATH=/nowhere")).toMatchObject({ tlsCertPath: undefined, faults: [] });
  });
});
