import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection, type Connection, type ConnectionOptions, type RowDataPacket } from "mysql2/promise";
import { Authority } from "../hosts/certificates";
import { Docker, type ContainerFacts } from "./docker";
import { poll } from "./poll";
import { plainText, Project, REPOSITORY } from "./project";
import { wayIn } from "./way-in";

/** How a client finds its database, by the variables that it was handed. */
export interface Handed {
  readonly user: string;
  readonly database: string;
  readonly password: string;
}

/** A stack with a database and clients that only sleep, deployed as a user does it; asked by a real client. */
export class MySqlScene {
  readonly docker = new Docker();
  readonly project: Project;
  private readonly folder = mkdtempSync(join(tmpdir(), "docker-tiers-database-"));

  /** @param declarations - statements of the program: `stack`, and `client(id)` for a client that sleeps */
  constructor(
    readonly stack: string,
    declarations: string,
  ) {
    this.project = Project.create(`import { App, TerraformStack } from "cdktf";
import { ContainerImage, EmbeddedDockerProvider, Health, MySql, MySqlTls, Secret, Service, StateBackend } from "../../constructs";
import { redisRecipe } from "../../images/recipes/redis";

const app = new App();
const stack = new TerraformStack(app, "${stack}");
new EmbeddedDockerProvider(stack, "docker", { host: "unix:///var/run/docker.sock" });
StateBackend.local().bind(stack);
const image = ContainerImage.fromPackages(redisRecipe);
const client = (id: string): Service =>
  new Service(stack, id, { image, memoryMiB: 16, entrypoint: ["sleep", "3600"], health: Health.shell("true", { intervalSeconds: 1 }) });
const step = Number(process.env["E2E_STEP"]);
${declarations}
app.synth();
`);
  }

  async prepare(): Promise<void> {
    await this.docker.purge(this.stack);
    this.step(1);
    await this.project.synth();
    await this.project.buildImages(this.stack);
  }

  /** What the program reads as `step` from now on. */
  step(step: number): void {
    this.project.variable("E2E_STEP", String(step));
  }

  async deploy(step: number): Promise<string> {
    this.step(step);
    return this.project.deploy(this.stack);
  }

  /** A deploy that must fail: what it printed. */
  async failing(step: number): Promise<string> {
    this.step(step);
    const { code, stdout, stderr } = await this.project.cdktf("deploy", this.stack, "--auto-approve");
    if (code === 0) throw new Error(`deploy of step ${String(step)} must fail`);
    return plainText(`${stdout}\n${stderr}`);
  }

  async remove(): Promise<void> {
    await this.docker.purge(this.stack);
    this.project.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** An authority that a client may trust. */
  authority(name: string): Promise<Authority> {
    return Authority.create(join(this.folder, name));
  }

  /** Stores a certificate that the authority issued as the secrets `db-cert` and `db-key`. */
  async storeCertificate(authority: Authority): Promise<void> {
    const issued = await authority.issue("server", "database");
    await this.secrets(["init", this.stack]);
    await this.secrets(["set", "db-cert", this.stack], readFileSync(join(issued, "cert.pem"), "utf8"));
    await this.secrets(["set", "db-key", this.stack], readFileSync(join(issued, "key.pem"), "utf8"));
  }

  /** `tiers secrets ...`, with a key of this scene's own. */
  private async secrets(args: readonly string[], input = ""): Promise<void> {
    this.project.variable("DOCKER_TIERS_IDENTITY", join(this.folder, "identity"));
    const { code, stderr } = await this.project.run("node", [join(REPOSITORY, "dist/cli/bin.js"), "secrets", ...args], { input });
    if (code !== 0) throw new Error(`tiers secrets ${args.join(" ")} exited with ${String(code)}: ${stderr}`);
  }

  server(): Promise<ContainerFacts> {
    return this.docker.container(this.stack, "database");
  }

  /** What a client was handed under a prefix. */
  async handed(client: string, prefix: string): Promise<Handed> {
    const { Id } = await this.docker.container(this.stack, client);
    const names = ["USER", "NAME"].map((name) => `"$${prefix}_${name}"`).join(" ");
    const read = `printf '%s\\n' ${names}; cat "$${prefix}_PASSWORD_FILE"`;
    const [user = "", database = "", password = ""] = (await this.docker.run(["exec", Id, "sh", "-c", read])).split("\n");
    return { user, database, password };
  }

  async connect({ user, database, password }: Handed, options: ConnectionOptions = {}): Promise<Connection> {
    const { Id } = await this.server();
    return createConnection({ stream: wayIn(Id, 3306), user, database, password, ...options });
  }

  /** Rows of one query on a connection of its own, or the server's code of the fault. */
  async ask(handed: Handed, sql: string, options: ConnectionOptions = {}): Promise<unknown> {
    try {
      const connection = await this.connect(handed, options);
      try {
        const [rows] = await connection.query<RowDataPacket[]>({ sql, rowsAsArray: true });
        return rows;
      } finally {
        await connection.end();
      }
    } catch (error) {
      if (error instanceof Error && "code" in error) return error.code;
      throw error;
    }
  }

  /** Asks until the server lets itself be asked. */
  answer(handed: Handed, sql: string): Promise<unknown> {
    return poll("the database answers", 60, async () => {
      const answer = await this.ask(handed, sql);
      return typeof answer === "string" && !answer.startsWith("ER_") ? undefined : answer;
    });
  }
}
