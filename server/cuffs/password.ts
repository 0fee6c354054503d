/** Passwords of cuffs: made here, shown once, and kept as a hash that Mosquitto reads as well (`$7$iterations$salt$hash`, mosquitto_passwd). */
import { pbkdf2, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(pbkdf2);

/** Without the signs that are taken for each other: 0 and o, 1, i and l. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
const groups = 6;
const perGroup = 4;

/**
 * Every one of them has 118 bits that nobody chose, so guessing is hopeless without a single iteration; these only cost a broker time
 * when a whole class connects at once.
 */
const iterations = 1000;
/** More than this from a file that somebody has edited would stall the check. */
const mostIterations = 1_000_000;
/** What Mosquitto 2.0 reads, in bytes. */
const saltLength = 12;
const hashLength = 64;

/** A new password, in groups that can be read out: "k7mp-x2hr-…". */
export const newPassword = (): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: perGroup }, () => alphabet.charAt(randomInt(alphabet.length))).join(""),
  ).join("-");

/** PBKDF2-HMAC-SHA512 of a password with a salt of its own, as one line of Mosquitto's password file has it. */
export const hashOf = async (password: string): Promise<string> => {
  const salt = randomBytes(saltLength);
  const hash = await derive(password, salt, iterations, hashLength, "sha512");
  return `$7$${iterations}$${salt.toString("base64")}$${hash.toString("base64")}`;
};

/** Whether a password has this hash; false for what is no hash. Works in another thread and takes the same time for every answer. */
export const fits = async (password: Uint8Array, hash: string): Promise<boolean> => {
  const [, count, salt, wanted] = /^\$7\$(\d{1,7})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(hash) ?? [];
  if (count === undefined || salt === undefined || wanted === undefined) return false;
  const expected = Buffer.from(wanted, "base64");
  const rounds = Number(count);
  if (rounds < 1 || rounds > mostIterations || expected.length === 0) return false;
  const found = await derive(password, Buffer.from(salt, "base64"), rounds, expected.length, "sha512");
  return timingSafeEqual(found, expected);
};
