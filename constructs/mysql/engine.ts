import { mariadbRecipe } from "../../images/recipes/mariadb";
import { mysqlRecipe } from "../../images/recipes/mysql";
import type { PackageRecipe } from "../../images/recipe";
import { mariadbConfig, mariadbTuning } from "./mariadb-config";
import { mysqlConfig, mysqlTuning, type MySqlTuning } from "./mysql-config";

/** Whose server runs. */
export type MySqlEngine = "mysql" | "mariadb";

/** What differs between the servers. */
export interface EngineFacts {
  readonly server: string;
  /** Its command line client. */
  readonly client: string;
  /** Lines of an option file for a client that does not leave the container, in the words of `printf`. */
  readonly loopback: string;
  readonly leastMemoryMiB: number;
  readonly tuning: (memoryMiB: number) => MySqlTuning;
  readonly config: (memoryMiB: number) => string;
}

/** What is built where no image is named. */
export const RECIPES: Readonly<Record<MySqlEngine, PackageRecipe>> = { mysql: mysqlRecipe, mariadb: mariadbRecipe };

export const ENGINES: Readonly<Record<MySqlEngine, EngineFacts>> = {
  mysql: {
    server: "mysqld",
    client: "mysql",
    loopback: "",
    leastMemoryMiB: 256,
    tuning: mysqlTuning,
    config: mysqlConfig,
  },
  mariadb: {
    server: "mariadbd",
    client: "mariadb",
    // This client alone looks at certificates unless it is told, and the server's names no address.
    loopback: String.raw`disable-ssl-verify-server-cert\n`,
    leastMemoryMiB: 192,
    tuning: mariadbTuning,
    config: mariadbConfig,
  },
};
