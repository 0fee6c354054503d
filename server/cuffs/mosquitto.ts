/** The files with which a Mosquitto lets in the same cuffs, with the same passwords and the same rights, as the embedded broker. */
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import type { SiteId } from "../../shared/ids.ts";
import type { Log } from "../log.ts";
import type { Access } from "./gate.ts";
import { hashOf, newPassword } from "./password.ts";

export type MosquittoOptions = Readonly<{
  /** The data folder. */
  data: string;
  site: SiteId;
  /** Where that Mosquitto is, or will be: `mqtt://127.0.0.1:1883`. */
  address: string;
  log: Log;
}>;

export type MosquittoFiles = Readonly<{
  /** These credentials hold from now on. */
  write: (accesses: readonly Access[]) => void;
  /** Resolves once all that was to be written is. */
  written: () => Promise<void>;
}>;

/** The server's own name there; no cuff can be called this. */
export const serverUser = "cuffwatch_server";

const ownWords =
  "# Written by Cuffwatch at each change of a cuff's credentials: what is changed here by hand is lost.";

/** Files that a Mosquitto of another user has to read, and the one that nobody else may. */
const shared = 0o640;
const secret = 0o600;

/** Keeps `mosquitto/` in the data folder as the credentials are. A file that cannot be written is told in the log; cuffs are supervised all the same. */
export const mosquittoFiles = ({ data, site, address, log }: MosquittoOptions): MosquittoFiles => {
  const folder = path.join(data, "mosquitto");
  let last: Promise<void> = Promise.resolve();
  let server: Promise<Readonly<{ url: string; hash: string }>> | null = null;

  const writeAll = async (accesses: readonly Access[]): Promise<void> => {
    await mkdir(folder, { recursive: true });
    const { url, hash } = await (server ??= serverOf(path.join(folder, "server-url"), address));
    await replace(path.join(folder, "server-url"), `${url}\n`, secret);
    await replace(path.join(folder, "passwd"), passwordFile(accesses, hash), shared);
    await replace(path.join(folder, "acl"), accessFile(accesses, site), shared);
    await replace(path.join(folder, "cuffwatch.conf"), configuration(folder), shared);
  };
  return {
    write: (accesses) => {
      last = last
        .then(() => writeAll(accesses))
        .catch((error: unknown) =>
          log.error({ error: String(error) }, "Mosquitto's files cannot be written"),
        );
    },
    written: () => last,
  };
};

/** The server's own password stays the same for as long as its file is there. */
const serverOf = async (file: string, address: string): Promise<Readonly<{ url: string; hash: string }>> => {
  const kept = URL.parse((await readFile(file, "utf8").catch(() => "")).trim())?.password ?? "";
  const password = kept === "" ? newPassword() : kept;
  const url = address.replace("://", `://${serverUser}:${password}@`);
  return { url, hash: await hashOf(password) };
};

/** Whole or not at all: a Mosquitto that reads it at this moment finds the old one or the new one. */
const replace = async (file: string, text: string, mode: number): Promise<void> => {
  const next = `${file}.new`;
  await writeFile(next, text, { mode });
  // A file that was left behind keeps the mode that it had.
  await chmod(next, mode);
  await rename(next, file);
};

const passwordFile = (accesses: readonly Access[], serverHash: string): string =>
  [`${serverUser}:${serverHash}`, ...accesses.map(({ cuff, hash }) => `${cuff}:${hash}`), ""].join("\n");

const accessFile = (accesses: readonly Access[], site: SiteId): string =>
  [
    ownWords,
    `user ${serverUser}`,
    // Basic cuffs speak wherever their maker has them speak, and somebody who sets one up looks on.
    "topic read #",
    `topic write bfr/v1/${site}/host/#`,
    `topic write bfr/v1/${site}/+/cmd`,
    ...accesses.flatMap(({ cuff, permit }) => [
      "",
      `user ${cuff}`,
      ...[...permit.write].map((topic) => `topic write ${topic}`),
      ...permit.below.map((prefix) => `topic read ${prefix}#`),
    ]),
    "",
  ].join("\n");

const configuration = (folder: string): string =>
  [
    ownWords,
    "# Mosquitto reads it with this line at the end of its own mosquitto.conf:",
    `#   include_dir ${folder}`,
    "# and reads it again when it is sent SIGHUP. Listeners and TLS stay in mosquitto.conf (deploy/mosquitto.md).",
    "",
    "# Nobody without a name and a password.",
    "allow_anonymous false",
    "# Who, and with which password; as hashes.",
    `password_file ${path.join(folder, "passwd")}`,
    "# Each cuff on its own topics alone.",
    `acl_file ${path.join(folder, "acl")}`,
    "",
  ].join("\n");
