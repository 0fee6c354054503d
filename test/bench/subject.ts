/** What a bench measures: the product, or the floor that it is held against. Each runs in a process of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { z } from "zod";
import { type Child, startChild } from "./child.ts";
import { cookiesOf, pairedWall } from "../support/let-in.ts";
import { classOf, cuffName } from "./plan.ts";

export const subjects = ["product", "floor"] as const;
export type SubjectName = (typeof subjects)[number];

const listeningSchema = z.object({
  kind: z.literal("listening"),
  httpPort: z.number(),
  mqttPort: z.number(),
  setupPath: z.string().nullable(),
});
export type Listening = Readonly<z.infer<typeof listeningSchema>>;

export type Subject = Readonly<{
  /** The page with one number for each cuff. */
  page: string;
  /** What a browser shows to be let in. */
  cookies: ReturnType<typeof cookiesOf>;
  broker: string;
  pid: number;
  stop: () => Promise<void>;
}>;

/** Starts it on free ports with a class of `cuffs` cuffs, nothing recorded before. */
export const startSubject = (name: SubjectName, cuffs: number): Promise<Subject> => {
  switch (name) {
    case "product":
      return startProduct(cuffs);
    case "floor": {
      const names = Array.from({ length: cuffs }, (_, i) => cuffName(i));
      const child = startChild(new URL("floor/server.ts", import.meta.url), names);
      return listening(child, "/", () => child.stop());
    }
  }
};

const startProduct = (cuffs: number): Promise<Subject> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "cuffwatch-bench-"));
  const file = path.join(folder, "class.json");
  writeFileSync(file, JSON.stringify(classOf(cuffs)));
  const child = startChild(new URL("../../server/main.ts", import.meta.url), [
    ...["--http-port", "0", "--mqtt-port", "0", "--log-level", "warn"],
    ...["--data", path.join(folder, "data"), "--class", file],
  ]);
  return listening(child, "/wall", async () => {
    await child.stop();
    rmSync(folder, { recursive: true });
  });
};

const listening = async (child: Child, page: string, stop: () => Promise<void>): Promise<Subject> => {
  try {
    const { httpPort, mqttPort, setupPath } = await child.next(listeningSchema);
    const url = `http://127.0.0.1:${httpPort}`;
    return {
      page: url + page,
      cookies: setupPath === null ? [] : cookiesOf(await pairedWall({ url, setupPath: () => setupPath })),
      broker: `mqtt://127.0.0.1:${mqttPort}`,
      pid: child.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
