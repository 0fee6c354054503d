/** Who may do what: one table, asked by every route, every command of a socket and every screen that hides what it may not do. */
import type { DeviceId, StaffId } from "../ids.ts";

export const roles = ["admin", "physiotherapist", "assistant"] as const;
export type Role = (typeof roles)[number];

export const rights = [
  /** See the class: the wall's and the floor's snapshot. */
  "watch",
  /** Acknowledge, take back, release, release all, "cuff is off", pause the sound. */
  "answer",
  /** Note pain, refill, exertion and symptoms at the patient. */
  "note",
  /** Begin and finish sets, go on to the next exercise, swap a cuff. */
  "guide",
  /** Have a cuff show which one it is. */
  "identify",
  /** Start and end a class, seat a patient, check, finish, take duty, override a red answer. */
  "treat",
  /** Read patients, plans, follow-ups and the alarm log; replay sessions. */
  "review",
  /** Take recordings out of the house, and bring in such as were made elsewhere. */
  "export",
  /** Write patients, plans, limb occlusion pressures and follow-ups; clear a block. */
  "plan",
  /** Staff, walls and tablets, cuffs, the clinic's limits; keeping and erasing what was recorded. */
  "administer",
] as const;
export type Right = (typeof rights)[number];

const atTheCuff = ["watch", "answer", "note"] as const;

const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = {
  assistant: [...atTheCuff, "guide", "identify", "review"],
  physiotherapist: [...atTheCuff, "guide", "identify", "treat", "review", "export", "plan"],
  admin: [...atTheCuff, "identify", "review", "export", "administer"],
};

/** A person of the staff who has signed in. */
export type SignedIn = Readonly<{
  kind: "staff";
  staff: StaffId;
  name: string;
  roles: readonly Role[];
}>;

/**
 * Who asks. A tablet is one that the clinic knows and nobody is signed in on: signing in never stands between a person and
 * a cuff, so what saves a limb is done from it all the same, by a tapped name and recorded as unverified.
 */
export type Principal =
  | SignedIn
  | Readonly<{ kind: "tablet"; device: DeviceId }>
  | Readonly<{ kind: "wall"; device: DeviceId }>
  | Readonly<{ kind: "stranger" }>;

/** Whether somebody has a right. */
export const may = (who: Principal, right: Right): boolean => {
  switch (who.kind) {
    case "staff":
      return who.roles.some((role) => rightsOfRole[role].includes(right));
    case "tablet":
      return atTheCuff.some((r) => r === right);
    case "wall":
      return right === "watch";
    case "stranger":
      return false;
  }
};
