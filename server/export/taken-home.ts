/** A session, or a class, as the files in which it is taken home. */
import { checkpointFormat, freeze } from "../../shared/checkpoint.ts";
import type { SiteId } from "../../shared/ids.ts";
import type { FactsHeader } from "../../shared/recording/facts-file.ts";
import { each, type Recorded } from "../../shared/recording/recorded.ts";
import { type Span, spansOf } from "../../shared/recording/span.ts";
import { parseJson } from "../../shared/cuff/message.ts";
import type { Patient } from "../../shared/clinic/patient.ts";
import type { Seat } from "../../shared/class/seat.ts";
import { apply } from "../../shared/engine.ts";
import type { Monotonic, WallTime } from "../../shared/units.ts";
import { eventsCsv } from "./events-csv.ts";
import type { Exported } from "./exported.ts";
import { factsFile } from "./facts-out.ts";
import { samplesCsv } from "./samples-csv.ts";

export type FactsOf = Readonly<{
  recorded: Recorded;
  of: FactsHeader["of"];
  site: SiteId;
  source: FactsHeader["source"];
  /** One moment on both clocks. */
  clocks: Readonly<{ at: Monotonic; wall: WallTime }>;
  madeAt: WallTime;
  /** Whom the file is made for; null where nothing of the register is to go with it. */
  patient: Readonly<{ id: string; body: Patient }> | null;
}>;

/** The facts as NDJSON (docs/recording-format.md). */
export const factsOf = (about: FactsOf): Uint8Array =>
  Buffer.concat([...factsFile(headerOf(about), each(about.recorded.lines))]);

/** The samples of a session as a table, and everything else that happened as another. */
export const samplesOf = (exported: Exported): Uint8Array => written(samplesCsv, exported);
export const eventsOf = (exported: Exported): Uint8Array => written(eventsCsv, exported);

const written = (table: typeof samplesCsv, { recorded, session, span: known }: Exported): Uint8Array => {
  const span = spansIn(recorded).find((one) => one.session === session) ?? known;
  // An empty file would look like a session in which nothing was.
  if (span === undefined) throw new Error("Nothing tells whose part of the recording this is.");
  return Buffer.from([...table({ recorded, span })].join(""));
};

const spansIn = ({ start, lines }: Recorded): readonly Span[] => spansOf(each(lines), start.class);

const headerOf = ({ recorded, of, site, source, clocks, madeAt, patient }: FactsOf): FactsHeader => {
  const { start, from, to, holes } = recorded;
  const plans = seatsIn(recorded);
  const isMeant = (span: Span): boolean =>
    of.kind === "session" ? span.session === of.session : span.class === of.class;
  return {
    ...{ format: "cuffwatch-facts", version: 1, site, of, source, madeAt, from, to, clock: clocks },
    sessions: spansIn(recorded)
      .filter(isMeant)
      .map(({ session, patient: id, name, station, class: ofClass, from: begun, to: ended, worn }) => ({
        ...{ session, patient: id, name, station, class: ofClass, from: begun, to: ended },
        worn: worn.map((w) => ({ ...w.limb, cuff: w.cuff, from: w.from, to: w.to })),
        plan: plans.get(session) ?? null,
      })),
    patient: patient === null ? null : { id: patient.id, ...named(patient.body) },
    holes: [...holes],
    start: { format: checkpointFormat, state: objectIn(freeze(start)) },
  };
};

const named = ({
  number,
  givenName,
  familyName,
  born,
}: Patient): Omit<NonNullable<FactsHeader["patient"]>, "id"> => ({
  ...{ number, givenName, familyName, born },
});

/** What was to be done by each, as it stood at the beginning. */
const seatsIn = ({ start, lines }: Recorded): ReadonlyMap<string, Seat> => {
  const seats = new Map<string, Seat>();
  let state = start;
  const keep = (): void => {
    for (const seat of state.class.seats)
      if (!seats.has(seat.visit.session)) seats.set(seat.visit.session, seat);
  };
  keep();
  for (const i of lines.besides) {
    const { fact } = lines.line(i);
    if (fact.kind !== "patient-seated" && fact.kind !== "roster") continue;
    state = apply(state, fact);
    keep();
  }
  return seats;
};

const objectIn = (json: string): Record<string, unknown> => {
  const parsed = parseJson(json);
  return parsed.ok && typeof parsed.value === "object" && parsed.value !== null ? { ...parsed.value } : {};
};
