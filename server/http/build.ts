/** Which build of the screens is served: a screen that is of another one reloads. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

/** The build in `folder`; "dev" where none was built. */
export const buildOf = (folder: string): string => {
  try {
    const build = z
      .object({ build: z.string() })
      .safeParse(JSON.parse(readFileSync(path.join(folder, "build.json"), "utf8")));
    return build.success ? build.data.build : "dev";
  } catch {
    return "dev";
  }
};
