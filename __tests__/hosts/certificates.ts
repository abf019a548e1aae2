import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { output } from "../e2e/command";

const EXTENSIONS = { server: "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth\n", client: "extendedKeyUsage=clientAuth\n" };

/** A certificate authority of the tests, by openssl. */
export class Authority {
  private constructor(private readonly directory: string) {}

  static async create(directory: string): Promise<Authority> {
    mkdirSync(directory, { recursive: true });
    const files = ["-keyout", join(directory, "ca-key.pem"), "-out", join(directory, "ca.pem")];
    await output("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=authority", ...files]);
    return new Authority(directory);
  }

  get certificate(): string {
    return join(this.directory, "ca.pem");
  }

  /** A directory with cert.pem and key.pem, and the authority that the other side is checked against. */
  async issue(purpose: keyof typeof EXTENSIONS, name: string, trusted: Authority = this): Promise<string> {
    const folder = join(this.directory, name);
    mkdirSync(folder);
    const at = (file: string): string => join(folder, file);
    writeFileSync(at("extensions"), EXTENSIONS[purpose]);
    const request = ["-keyout", at("key.pem"), "-out", at("request")];
    await output("openssl", ["req", "-newkey", "rsa:2048", "-nodes", "-subj", `/CN=${name}`, ...request]);
    const by = ["-CA", this.certificate, "-CAkey", join(this.directory, "ca-key.pem"), "-CAcreateserial"];
    await output("openssl", [
      "x509",
      "-req",
      "-days",
      "1",
      ...by,
      "-in",
      at("request"),
      "-extfile",
      at("extensions"),
      "-out",
      at("cert.pem"),
    ]);
    await output("cp", [trusted.certificate, at("ca.pem")]);
    return folder;
  }
}
