/** A new plan from one that exists: made at once, so that two taps are enough, and opened. */
import type { Programme } from "../../shared/plan/programme.ts";
import { ask } from "../desk/ask.ts";
import { programmeEntry } from "../patients/api.ts";

/** Makes it for a patient, or for the clinic (null), and goes there; else why not, in words. */
export const addPlan = async (owner: string | null, programme: Programme): Promise<string | null> => {
  const reply = await ask(programmeEntry, "POST", "/api/programmes", { body: { owner, programme } });
  if (!reply.ok) return reply.errors[0]?.detail ?? reply.detail;
  location.assign(`/plans/${reply.value.id}`);
  return null;
};
