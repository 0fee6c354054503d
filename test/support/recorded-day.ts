/** Recorded alarms of made-up classes, and a server that finds them in its folder. */
import { rmSync } from "node:fs";
import path from "node:path";
import { openSqlite } from "../../server/store/sqlite.ts";
import type { Recorded } from "../../server/store/store.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import type { ConditionId, Priority } from "../../shared/alarm/policy.ts";
import { alarmId, cuffId, epoch, stationId } from "../../shared/ids.ts";
import type { Fact } from "../../shared/session/fact.ts";
import { after, minutes, type Monotonic, monotonic, seconds, wallTime } from "../../shared/units.ts";
import type { TestServer } from "./server.ts";

const names = [
  "Maya K.", "Oskar L.", "Jessica R.", "Tomás V.", "Andrew B.", "Hana S.",
  "Per O.", "Ines F.", "Noor A.", "Felix W.", "Greta M.", "=Jonas P.",
]; // prettier-ignore
const people = ["Aidan R.", "Noor B.", "Lena M."];

/** One occurrence to be recorded, in seconds from the beginning of the recording. */
export type Episode = Readonly<{
  at: number;
  condition: ConditionId;
  /** Which of the twelve, from 0. */
  who: number;
  priority?: Priority;
  value?: number;
  limit?: number;
  /** After how long somebody went; left out where nobody did. */
  answered?: number;
  /** After how long its priority rose to high. */
  rose?: number;
  /** After how long it was over; left out where it is open. */
  cleared?: number;
}>;

/** Facts as the floor records them; `start` is the wall clock at second 0, which is site time 0. */
export const recordedEpisodes = (start: number, episodes: readonly Episode[]): readonly Recorded[] => {
  const facts: Fact[] = episodes.flatMap((episode, n) => factsOf(episode, n));
  return recordedAt(start, facts);
};

const recordedAt = (start: number, facts: readonly Fact[]): readonly Recorded[] =>
  facts
    .map((fact) => ({ epoch: epoch("recorded"), at: fact.at, wall: wallTime(start + fact.at), fact }))
    .sort((a, b) => a.at - b.at);

const factsOf = (episode: Episode, n: number): readonly Fact[] => {
  const { at, condition, who, priority = "medium", value = 0, limit = 0 } = episode;
  const cuff = cuffId(`cuff-${String(who + 1).padStart(2, "0")}`);
  const raisedAt = second(at);
  const about = (later: number): Readonly<{ at: Monotonic; cuff: typeof cuff; id: Occurrence["id"] }> => ({
    at: second(at + later),
    cuff,
    id: alarmId(`main/${cuff}/${condition}/1/${n + 1}`),
  });
  const occurrence: Occurrence = {
    ...{ id: about(0).id, condition, cuff, station: stationId(String(who + 1)), patient: names[who] ?? "" },
    ...{ priority, raisedAt, roseAt: raisedAt, value, limit, cause: null, unconfirmed: false },
    ...{ acknowledged: null, waitingSince: raisedAt, remindedAt: null, clearedAt: null, supersededBy: null },
  };
  const { answered, rose, cleared } = episode;
  const ends = Math.min(answered ?? Infinity, cleared ?? Infinity);
  return [
    { kind: "alarm-raised", at: raisedAt, cuff, occurrence },
    ...(priority !== "low" && ends > 60 ? [{ kind: "alarm-reminded", ...about(60) } as const] : []),
    ...(rose === undefined
      ? []
      : [
          {
            ...({ kind: "alarm-changed", ...about(rose), priority: "high", limit } as const),
            ...{ value: value + rose * 1000, unconfirmed: false, cause: null },
          },
        ]),
    ...(answered === undefined ? [] : [acknowledged(episode, answered, about(answered))]),
    ...(cleared === undefined ? [] : [{ kind: "alarm-cleared", ...about(cleared) } as const]),
  ];
};

const acknowledged = (
  { who, priority }: Episode,
  answered: number,
  about: Readonly<{ at: Monotonic; cuff: ReturnType<typeof cuffId>; id: Occurrence["id"] }>,
): Fact => ({
  kind: "alarm-acknowledged",
  ...about,
  acknowledged: {
    by: people[(who + Math.round(answered)) % people.length] ?? "",
    at: about.at,
    until: after(about.at, seconds(priority === "high" ? 30 : 120)),
    verified: who % 3 === 0,
  },
});

const second = (n: number): Monotonic => monotonic(Math.round(n * 1000));
/** Numbers that look chosen by chance and are the same each time. */
const chance = (n: number): number => (Math.sin(n * 12.9898) * 43758.5453) % 1;
const among = (n: number, from: number, to: number): number => from + Math.abs(chance(n)) * (to - from);

const restrictedFor = 480;

/** Three classes of twelve in five hours: about 60 occurrences besides countdowns' share, one cuff that chatters, no flood. */
export const aDay = (): readonly Episode[] => {
  const episodes: Episode[] = [];
  for (const [lesson, begin] of [600, 6600, 12_600].entries())
    for (let who = lesson; who < 12; who += 3) {
      const n = lesson * 100 + who;
      const limitAt = begin + among(n, 0, 2400) + restrictedFor;
      const limit = restrictedFor * 1000;
      episodes.push({
        at: limitAt - 60,
        condition: "release-soon",
        who,
        priority: "low",
        value: 60_000,
        limit,
        cleared: 60,
      });
      if (who % 2 === 0)
        episodes.push({
          ...{ at: limitAt, condition: "overrun", who, value: limit, limit },
          ...(who % 4 === 0
            ? { rose: 60, answered: among(n, 61, 75), cleared: 84 }
            : { answered: among(n, 4, 55), cleared: among(n + 1, 56, 59) }),
        });
      if (who % 3 === 1)
        episodes.push({
          ...{ at: limitAt - 200, condition: "pressure-high", who, value: 174, limit: 150 },
          ...{ answered: among(n, 10, 95), cleared: 140 },
        });
      if (who % 3 !== 0)
        episodes.push({
          at: limitAt - 320,
          condition: "pressure-low",
          who,
          priority: "low",
          value: 121,
          limit: 150,
          cleared: 80,
        });
      if (who === 5 || who === 8)
        episodes.push({
          at: limitAt - 100,
          condition: "pressure-lost",
          who,
          value: 12,
          limit: 148,
          answered: 7.4,
          cleared: 40,
        });
      if (who > 8)
        episodes.push({
          at: limitAt - 390,
          condition: "battery",
          who,
          priority: "low",
          value: 18,
          limit: 20,
          cleared: 1500,
        });
    }
  for (const [i, at] of [0, 14, 26, 41, 52].entries())
    episodes.push({
      ...{ at: 9000 + at, condition: "silent", who: 6, value: 3000, limit: 3000, cleared: 6 },
      ...(i === 4 ? { answered: 4, cleared: 25 } : {}),
    });
  episodes.push({
    at: 9700,
    condition: "full-occlusion",
    who: 2,
    priority: "high",
    value: 254,
    limit: 250,
    answered: 6.2,
    cleared: 31,
  });
  episodes.push({ at: 10_400, condition: "target-differs", who: 3, value: 180, limit: 150, cleared: 221 });
  return episodes;
};

/** The same, and a broken radio link that silences all twelve twice within eight minutes. */
export const aFlood = (): readonly Episode[] => [
  ...aDay(),
  ...[13_800, 14_160].flatMap((begin, again) =>
    names.map((_, who): Episode => {
      const at = begin + who * 3.3;
      const lasts = again === 0 ? 95 + who * 2 : 60;
      return {
        at,
        condition: "silent",
        who,
        value: 3000,
        limit: 3000,
        cleared: lasts,
        ...(who < 5 ? { answered: 12 + who * 9 } : {}),
      };
    }),
  ),
];

/** Each restricted time of the day as the floor recorded it: what makes the room in use. */
export const inflations = (start: number, episodes: readonly Episode[]): readonly Recorded[] =>
  recordedAt(
    start,
    episodes
      .filter(({ condition }) => condition === "release-soon")
      .flatMap(({ at, who }, n): readonly Fact[] => {
        const cuff = cuffId(`cuff-${String(who + 1).padStart(2, "0")}`);
        const since = monotonic(second(at) - restrictedFor * 1000 + 60_000);
        const end = after(since, minutes(9));
        return [
          { kind: "inflated", at: after(since, seconds(2)), cuff, occlusion: n + 1, since },
          {
            kind: "deflated",
            at: after(end, seconds(2)),
            cuff,
            occlusion: n + 1,
            end,
            reason: "cuff-says",
            confirmed: true,
          },
        ];
      }),
  );

/** Puts facts into the folder of a server in place of what is there, and starts it on them; `lastAt` is when that site was last alive. */
export const startOn = async (
  server: TestServer,
  facts: readonly Recorded[],
  lastAt: number,
): Promise<void> => {
  await server.stop();
  const folder = path.join(server.folder, "data");
  rmSync(folder, { recursive: true });
  const opened = await openSqlite({ folder });
  if (!opened.ok) throw new Error(opened.error.detail);
  const anchor = {
    at: second(lastAt),
    epoch: epoch("recorded"),
    bootId: "earlier",
    bootClockMs: 0,
    wall: wallTime(Date.now()),
  };
  const stored = await opened.value.append(facts, anchor);
  await opened.value.close();
  if (!stored.ok) throw new Error(stored.error.detail);
  await server.start();
};
