import { imageName, recipeHash } from "../../images/recipe";
import { packageRecipe } from "../../images/recipe-defaults";
import { recipeFaults } from "../../images/recipe-file";
import { mysqlRecipe } from "../../images/recipes/mysql";
import { nginxRecipe } from "../../images/recipes/nginx";
import { nodeRecipe } from "../../images/recipes/node";
import { redisRecipe } from "../../images/recipes/redis";

describe("packageRecipe", () => {
  it("needs the packages and the command", () => {
    const recipe = packageRecipe({ packages: ["memcached"], config: { cmd: ["memcached"] } });
    expect(recipe).toEqual({
      name: "memcached",
      version: "trixie",
      suite: "trixie",
      packages: ["memcached"],
      paths: ["/*"],
      except: expect.arrayContaining(["/usr/share/doc", "/usr/lib/systemd"]) as unknown,
      users: [{ name: "memcached", uid: 1000, home: "/nonexistent" }],
      config: { cmd: ["memcached"], user: "1000:1000", stopSignal: "SIGTERM" },
    });
    expect(recipeFaults(recipe)).toEqual([]);
    expect(imageName(recipe)).toMatch(/^localhost\/docker-tiers\/memcached:trixie-[0-9a-f]{12}$/);
  });

  it("takes what is said", () => {
    const given = {
      name: "cache",
      version: "1.6",
      suite: "sid",
      packages: ["memcached"],
      paths: ["/usr/bin/memcached"],
      users: [{ name: "cache", uid: 7, home: "/" }],
      config: { cmd: ["memcached"], user: "7:7", stopSignal: "SIGINT" },
    };
    expect(packageRecipe(given)).toEqual(given);
  });

  it("is named after a package as an image may be named", () => {
    expect(packageRecipe({ packages: ["g++"], config: { cmd: ["g++"] } }).name).toBe("g");
  });

  it.each([mysqlRecipe, nginxRecipe, nodeRecipe, redisRecipe])("leaves the recipe of $name as it is", (recipe) => {
    expect(recipeHash(packageRecipe(recipe))).toBe(recipeHash(recipe));
  });
});

describe("recipeFaults", () => {
  it("names what cannot be built, so that no option reaches apt", () => {
    const recipe = packageRecipe({ name: "x", packages: ["-o=x"], paths: ["usr/bin"], config: { cmd: ["x"] } });
    expect(recipeFaults(recipe)).toEqual([
      "packages.0: Invalid string: must match pattern /^[a-z0-9][a-z0-9.+-]+$/",
      'paths.0: Invalid string: must start with "/"',
    ]);
  });
});
