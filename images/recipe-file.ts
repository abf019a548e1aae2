import { createRequire } from "node:module";
import type * as Zod from "zod";
import { ImageError } from "./image-error";
import { isOwnRecipe, type PackageRecipe } from "./recipe";

/** Loaded with the first recipe that is not our own: a synth would wait for it. */
const zod = (): typeof Zod => createRequire(__filename)("zod") as typeof Zod;

let known: Zod.ZodType<PackageRecipe> | undefined;
const recipeSchema = (): Zod.ZodType<PackageRecipe> => (known ??= schemaOf(zod().z));

function schemaOf(z: typeof Zod.z): Zod.ZodType<PackageRecipe> {
  const mode = z.number().int().min(0).max(0o7777).exactOptional();
  const id = z.number().int().min(0);
  const path = z.string().startsWith("/");

  return z.strictObject({
    name: z.string().regex(/^[a-z0-9]+([._-][a-z0-9]+)*$/),
    version: z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.]*$/),
    suite: z.string().regex(/^[a-z][a-z0-9-]*$/),
    packages: z.array(z.string().regex(/^[a-z0-9][a-z0-9.+-]+$/)).min(1),
    paths: z.array(path),
    except: z.array(path).exactOptional(),
    links: z.array(z.strictObject({ path, target: z.string() })).exactOptional(),
    bundles: z.array(z.strictObject({ path, from: path })).exactOptional(),
    files: z.array(z.strictObject({ path, content: z.string(), mode })).exactOptional(),
    directories: z.array(z.strictObject({ path, mode, uid: id.exactOptional(), gid: id.exactOptional() })).exactOptional(),
    users: z.array(z.strictObject({ name: z.string(), uid: id, home: path })),
    config: z.strictObject({
      entrypoint: z.array(z.string()).exactOptional(),
      cmd: z.array(z.string()),
      env: z.record(z.string(), z.string()).exactOptional(),
      user: z.string(),
      workingDirectory: path.exactOptional(),
      stopSignal: z.string(),
      exposedPorts: z.array(z.number().int().min(1).max(65535)).exactOptional(),
      healthcheck: z
        .strictObject({
          test: z.array(z.string()),
          intervalSeconds: z.number().positive(),
          timeoutSeconds: z.number().positive(),
          startPeriodSeconds: z.number().min(0),
          retries: z.number().int().min(1),
        })
        .exactOptional(),
    }),
  });
}

/**
 * Checks what was read from a recipe's JSON file. Names of packages end up as arguments of apt, so nothing that
 * looks like an option passes.
 *
 * @throws ImageError RECIPE_MALFORMED
 */
export function parseRecipe(value: unknown, file: string): PackageRecipe {
  const result = recipeSchema().safeParse(value);
  if (result.success) return result.data;
  const faults = faultsOf(result.error);
  throw new ImageError("RECIPE_MALFORMED", `${file} must be a recipe, got ${faults.join("; ")}; write it again by synth`);
}

/** What a recipe must be and is not: `packages.0: ...`. Our own are held against it by tests. */
export function recipeFaults(recipe: PackageRecipe): string[] {
  if (isOwnRecipe(recipe)) return [];
  const { error } = recipeSchema().safeParse(recipe);
  return error === undefined ? [] : faultsOf(error);
}

const faultsOf = ({ issues }: Zod.ZodError): string[] => issues.map((issue) => `${issue.path.join(".") || "recipe"}: ${issue.message}`);
