/** What a clinic knows of a cuff beside what the cuff says itself. Its credentials stay on the server, as a hash. */
import { z } from "zod";
import { basicCuff, cuffName } from "../cuff/basic.ts";
import { cuffId } from "../ids.ts";
import { day, maybeText, text } from "./fields.ts";

export const cuffRecordSchema = z.strictObject({
  /** The name in its topics. */
  cuff: cuffName.transform(cuffId),
  /** The name on the label that people read. */
  name: text(120, "the name"),
  widthCm: z.number().min(3).max(25).nullable().default(null),
  serial: maybeText(120, "the serial number"),
  calibrationDue: day.nullable().default(null),
  /** Where a basic cuff's plain numbers come from; null for a cuff that speaks the contract. */
  basic: basicCuff.omit({ cuff: true }).nullable().default(null),
  /** Taken out of use; kept for the records that name it. */
  retired: z.boolean().default(false),
});
export type CuffRecord = Readonly<z.output<typeof cuffRecordSchema>>;
