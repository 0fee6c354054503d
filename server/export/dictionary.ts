/** What stands in the tables of a session, as a table of its own. */
import { dictionaryOf } from "./columns.ts";
import { eventColumns } from "./events-csv.ts";
import { sampleColumns } from "./samples-csv.ts";

export const dictionaryCsv = (): string =>
  dictionaryOf([
    { file: "samples", columns: sampleColumns },
    { file: "events", columns: eventColumns },
  ]);
