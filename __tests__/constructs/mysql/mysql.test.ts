import { BridgeNetwork, ContainerImage, Health, MySql, type MySqlProps, Service, Storage } from "../../../constructs";
import {
  address,
  container,
  differences,
  inStack,
  reachable,
  resource,
  resources,
  shopImage,
  synth,
  without,
  type SynthOptions,
  type TerraformJson,
} from "../synth";

const mysql = (props: Partial<MySqlProps> = {}, options: SynthOptions = {}): TerraformJson =>
  synth((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 512, ...props }), options);

const server = (props: Partial<MySqlProps> = {}, options: SynthOptions = {}) => container(mysql(props, options), "Database/Resource");

describe("MySql", () => {
  it("takes the official image of 8.4 by its tag, and pulls it without leaving it to the destroy", () => {
    const json = mysql({ image: ContainerImage.fromRegistry("mysql:8.4.6") });
    expect(resources(json, "docker_image")).toEqual({ "Image-mysql-21e279fc": { name: "mysql:8.4.6", keep_locally: true } });
    // Its configuration, and so the hash of it, differs by the image alone.
    expect(without(differences(container(json, "Database/Resource"), server()), "labels")).toEqual({
      image: "${docker_image.Image-mysql-21e279fc.image_id}",
    });
  });

  it("runs the programs of MariaDB where that is asked for, on its own image, and differs in nothing else", () => {
    const json = synth((stack) => {
      const database = new MySql(stack, "Database", { engine: "mariadb", memoryMiB: 192, settings: { slowSeconds: 1 } });
      database.migrate({ 1: "SELECT 1" });
    });
    const { image, healthcheck, command, mounts } = container(json, "Database/Resource");
    expect(image).toContain("Image-mariadb-");
    expect(command).toEqual(["mariadbd"]);
    expect(JSON.stringify(healthcheck)).toContain("disable-ssl-verify-server-cert\\\\n' \\\"$(cat");
    expect(JSON.stringify(healthcheck)).toContain("| mariadb --defaults-extra-file=/dev/stdin");
    expect(mounts).toContainEqual(
      expect.objectContaining({ target: "/var/lib/mysql", source: "${docker_volume.Database_Data_9193E0A1.name}" }),
    );
    const job = JSON.stringify(container(json, "Database/Migration-app/1/Resource"));
    expect(job).toContain("query() { mariadb --defaults-file");
    expect(job).not.toContain("mysql --defaults-file");
  });

  it("runs unprivileged on a network of its own, and stops gracefully", () => {
    const { healthcheck, labels, ...rest } = server();
    expect(rest).toMatchInlineSnapshot(`
      {
        "capabilities": [
          {
            "drop": [
              "ALL",
            ],
          },
        ],
        "cpu_period": 100000,
        "cpu_quota": 100000,
        "cpu_shares": 1024,
        "depends_on": [
          "docker_container.Database_Secret_Write_DE14D1F9",
          "docker_container.Database_Data_Prepare_12149FBF",
          "docker_container.Database_Config_Loader_45C893D5",
        ],
        "destroy_grace_seconds": 30,
        "env": [
          "MYSQL_DATABASE=app",
          "MYSQL_PASSWORD_FILE=/run/secrets/mysql/password",
          "MYSQL_ROOT_HOST=localhost",
          "MYSQL_ROOT_PASSWORD_FILE=/run/secrets/mysql/root-password",
          "MYSQL_USER=app",
        ],
        "image": "\${docker_image.Image-shop-591cd6a0.image_id}",
        "init": true,
        "log_driver": "json-file",
        "log_opts": {
          "max-file": "3",
          "max-size": "10m",
          "mode": "blocking",
        },
        "memory": 512,
        "memory_swap": 512,
        "mounts": [
          {
            "read_only": true,
            "source": "\${docker_volume.Database_Config_Volume_D8DF3CC8.name}",
            "target": "/etc/mysql/conf.d",
            "type": "volume",
          },
          {
            "read_only": true,
            "source": "\${docker_volume.Database_Secret_Volume_04B7E12D.name}",
            "target": "/run/secrets/mysql",
            "type": "volume",
          },
          {
            "read_only": false,
            "source": "\${docker_volume.Database_Data_9193E0A1.name}",
            "target": "/var/lib/mysql",
            "type": "volume",
            "volume_options": [
              {
                "no_copy": true,
              },
            ],
          },
        ],
        "must_run": true,
        "name": "dev-database",
        "networks_advanced": [
          {
            "aliases": [
              "dev-database",
            ],
            "name": "\${docker_network.Database_Network_CA0E2183.name}",
          },
        ],
        "pids_limit": 176,
        "ports": [],
        "read_only": true,
        "remove_volumes": false,
        "restart": "unless-stopped",
        "security_opts": [
          "no-new-privileges:true",
        ],
        "stop_signal": "SIGTERM",
        "stop_timeout": 30,
        "tmpfs": {
          "/run/mysqld": "rw,noexec,nosuid,nodev,size=1m,mode=0755,uid=999,gid=999",
          "/tmp": "rw,noexec,nosuid,nodev,size=16m,mode=1777",
        },
        "upload": [],
        "user": "999:999",
        "wait": true,
        "wait_timeout": 263,
      }
    `);
    expect(labels).toContainEqual({ label: "docker-tiers.path", value: "dev/Database/Resource" });
    expect(healthcheck).toMatchObject([{ interval: "3s", timeout: "10s", retries: 10, start_period: "2m0s" }]);
  });

  it("is never created beside itself, and has a name that stays", () => {
    expect(server()["lifecycle"]).toBeUndefined();
    expect(server({ memoryMiB: 1024 })["name"]).toBe("dev-database");
  });

  it("has a network that nothing leaves", () => {
    expect(resource(mysql(), "docker_network", "Database/Network/Resource")).toMatchObject({ internal: true });
  });

  it("asks for health as the application's user, with the password in no argument", () => {
    const [probe] = server()["healthcheck"] as { test: string[] }[];
    expect(probe?.test[1]).toContain("--defaults-extra-file=/dev/stdin");
    expect(probe?.test[1]).not.toMatch(/-p\S|--password/);
  });

  it("gets its settings as a read-only directory, tuned to its cap", () => {
    const [upload] = container(mysql({ memoryMiB: 1024 }), "Database/Config/Loader")["upload"] as { content: string }[];
    expect(upload?.content).toContain("innodb_buffer_pool_size=576M\n");
    expect(server()["mounts"]).toMatchObject([
      { target: "/etc/mysql/conf.d", read_only: true },
      { target: "/run/secrets/mysql", read_only: true },
      { target: "/var/lib/mysql", read_only: false },
    ]);
  });

  it("runs SQL once in the first start, from a file of its own", () => {
    const json = mysql({ initSql: "CREATE TABLE t (id INT);" });
    expect(container(json, "Database/InitSql/Loader")["upload"]).toEqual([
      { file: "/config/init.sql", content: "CREATE TABLE t (id INT);" },
    ]);
    expect(container(json, "Database/Resource")["mounts"]).toContainEqual(
      expect.objectContaining({ target: "/docker-entrypoint-initdb.d", read_only: true }),
    );
  });

  it("keeps its data under either provider", () => {
    expect(resource(mysql(), "docker_volume", "Database/Data/Resource")["labels"]).toContainEqual({
      label: "docker-tiers.keep",
      value: "true",
    });
    const json = mysql({}, { provider: "kreuzwerker" });
    expect(json.removed).toContainEqual({
      from: expect.stringMatching(/^docker_volume\.Database_Data_/) as unknown,
      lifecycle: { destroy: false },
    });
  });

  it("starts after passwords, settings and storage are there", () => {
    const json = mysql({ storage: Storage.hostDirectory("/srv/data/mysql") });
    const needed = reachable(json, address(json, "docker_container", "Database/Resource"));
    for (const path of ["Database/Secret/Write/Resource", "Database/Config/Loader", "Database/Data/Prepare/Resource"])
      expect(needed).toContain(address(json, "docker_container", path));
  });

  it("is unchanged by a client that is let in", () => {
    const json = synth((stack) => {
      const database = new MySql(stack, "Database", { image: shopImage(), memoryMiB: 512 });
      const network = new BridgeNetwork(stack, "Edge");
      const shop = new Service(stack, "Shop", { image: shopImage(), memoryMiB: 64, health: Health.http("/"), network });
      database.allowFrom(shop, { as: "DATABASE" });
    });
    expect(container(json, "Database/Resource")).toEqual(server());
  });

  it.each<[Partial<MySqlProps>, string]>([
    [{ memoryMiB: 255 }, "MYSQL_MEMORY: memoryMiB must be a whole number of at least 256, got 255; use 512 (at dev/Database)"],
    [{ memoryMiB: 300.5 }, "MYSQL_MEMORY: memoryMiB must be a whole number of at least 256, got 300.5; use 512 (at dev/Database)"],
    [
      { database: "my-shop" },
      'MYSQL_IDENTIFIER: database must be a letter, then letters, digits and "_", at most 64, got "my-shop"; use "app" (at dev/Database)',
    ],
    [
      { user: "u".repeat(33) },
      `MYSQL_IDENTIFIER: user must be a letter, then letters, digits and "_", at most 32, got "${"u".repeat(33)}"; use "app" (at dev/Database)`,
    ],
  ])("fails for %p", (props, message) => {
    expect(() => inStack((stack) => new MySql(stack, "Database", { image: shopImage(), memoryMiB: 512, ...props }))).toThrow(
      new Error(message),
    );
  });
});
