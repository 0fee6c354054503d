/** Passwords and PINs as Argon2id (RFC 9106), written down in the PHC form so that a later cost can be told from an earlier one. */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const tagLength = 32;
const saltLength = 16;
/** How many are worked out at once: each takes a thread that recording and listening need too. */
const atOnce = 2;
/** More than this waiting means that somebody tries them out, or that the machine is far too slow. */
const mostWaiting = 30;

export type Secrets = Readonly<{
  /** Whether another one is taken at all; refused before it costs anything. */
  free: () => boolean;
  /** The secret as it is stored. */
  hash: (secret: string) => Promise<string>;
  /** Whether this is the secret; with none to compare it with it takes as long and is not. */
  matches: (secret: string, stored: string | null) => Promise<boolean>;
}>;

/** Works a few out at a time, in the order in which they came. */
export const createSecrets = (): Secrets => {
  let working = 0;
  const waiting: (() => void)[] = [];
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (working >= atOnce) await new Promise<void>((go) => waiting.push(go));
    else working += 1;
    try {
      return await work();
    } finally {
      // Whoever waits takes over the place, so that nobody who comes later slips in between.
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
    }
  };
  const hash = (secret: string): Promise<string> =>
    inTurn(async () => {
      const nonce = randomBytes(saltLength);
      const tag = await derive("argon2id", { message: messageOf(secret), nonce, tagLength, ...cost });
      return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${base64(nonce)}$${base64(tag)}`;
    });
  const matches = (secret: string, stored: string | null): Promise<boolean> =>
    inTurn(async () => {
      const known = stored === null ? null : parse(stored);
      const { nonce, tag, ...parameters } = known ?? nobody;
      const given = await derive("argon2id", {
        ...{ message: messageOf(secret), nonce, tagLength: tag.length },
        ...parameters,
      });
      return timingSafeEqual(given, tag) && known !== null;
    });
  return { free: () => waiting.length < mostWaiting, hash, matches };
};

type Parsed = Readonly<{ nonce: Buffer; tag: Buffer; memory: number; passes: number; parallelism: number }>;

/** What a secret is compared with where there is nobody, so that a wrong name takes as long as a wrong password. */
const nobody: Parsed = { nonce: randomBytes(saltLength), tag: randomBytes(tagLength), ...cost };

const form = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const parse = (stored: string): Parsed | null => {
  const [whole, memory, passes, parallelism, nonce = "", tag = ""] = form.exec(stored) ?? [];
  return whole === undefined
    ? null
    : {
        ...{ nonce: Buffer.from(nonce, "base64"), tag: Buffer.from(tag, "base64") },
        ...{ memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
      };
};

/** One secret, however the keyboard composed its letters. */
const messageOf = (secret: string): Buffer => Buffer.from(secret.normalize("NFKC"));

const base64 = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "");
