/** Limb occlusion pressures that cuffs have found by themselves, and that a patient's record can take over. */
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { cuffsLiveSchema, type FoundLop } from "../../shared/clinic/cuff-live.ts";
import { cuffRecordSchema } from "../../shared/clinic/cuff-record.ts";
import { ask } from "../desk/ask.ts";

export type FoundByCuff = FoundLop & Readonly<{ cuff: string; name: string; widthCm: number | null }>;

/** What cuffs have found, the newest first; empty also for somebody who may not ask the cuffs. */
export const foundByCuffs = async (): Promise<readonly FoundByCuff[]> => {
  const [said, records] = await Promise.all([
    ask(cuffsLiveSchema, "GET", "/api/cuffs/live"),
    ask(pageOf(entryOf(cuffRecordSchema)), "GET", "/api/cuffs?limit=100"),
  ]);
  if (!said.ok) return [];
  const bodies = records.ok ? records.value.entries.map(({ body }) => body) : [];
  return said.value.cuffs
    .flatMap(({ cuff, lastLop }): FoundByCuff[] => {
      if (lastLop === null) return [];
      const record = bodies.find((body) => String(body.cuff) === cuff);
      return [{ cuff, name: record?.name ?? cuff, widthCm: record?.widthCm ?? null, ...lastLop }];
    })
    .toSorted((a, b) => b.at - a.at);
};
