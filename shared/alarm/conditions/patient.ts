/** What a person has noted at the patient. */
import { stopReasons } from "../../session/note.ts";
import { after, between, never } from "../../units.ts";
import { standsAfter } from "../policy.ts";
import { type CuffRule, firstAfter, no, yes } from "../verdict.ts";

/** Stands while the cuff is up and until a better note takes its place; and for a minute where the cuff is down. */
export const stopAdvised: CuffRule = {
  judge: (c, now) => {
    const reasons = stopReasons(c.notes, c.limits);
    const [latest] = reasons;
    if (latest === undefined || (c.occlusion === null && between(latest.at, now) >= standsAfter)) return no;
    return yes("medium", latest.value, latest.limit, { cause: reasons.map((r) => r.name).join(" ") });
  },
  next: (c, now) => {
    const [latest] = stopReasons(c.notes, c.limits);
    return latest === undefined || c.occlusion !== null
      ? never
      : firstAfter(now, after(latest.at, standsAfter));
  },
};
