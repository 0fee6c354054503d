/** Made-up classes for looking at the screens: every phase, every alarm, every number of patients. */
import type { TilePhase } from "../../shared/view/tile.ts";
import type { Occurrence } from "../../shared/alarm/occurrence.ts";
import type { ConditionId, Priority } from "../../shared/alarm/policy.ts";
import { alarmId, classId, cuffId, stationId } from "../../shared/ids.ts";
import type { Prescription, Side } from "../../shared/plan/prescription.ts";
import type { Note } from "../../shared/session/note.ts";
import {
  after,
  before,
  millis,
  minutes,
  type Mmhg,
  mmhg,
  type Monotonic,
  monotonic,
  seconds,
} from "../../shared/units.ts";
import type { CuffOnScreen, SiteOnScreen, StationOnScreen, Trace, TracePoint } from "../../shared/wire.ts";

/** A class at one moment; `now` is the stage's site time when it was made. */
export type Scene = Readonly<{
  site: SiteOnScreen;
  stations: readonly StationOnScreen[];
  alarms: readonly Occurrence[];
  traces: readonly Trace[];
}>;
export type SceneAt = (now: Monotonic) => Scene;

const names = [
  "Maya K.", "Oskar L.", "Jessica R.", "Tomás V.", "Andrew B.", "Hana S.", "Per O.", "Ines F.",
  "Noor A.", "Felix W.", "Greta M.", "Jonas P.", "Lucía C.", "Emil H.", "Sara D.", "Viktor N.",
  "Amelie T.", "Björn Å.", "Chiara G.", "David E.", "Elif Y.", "Finn U.", "Gloria I.", "Hugo Z.",
  "Ida Q.", "Jakub X.", "Karin J.", "Leon S.", "Marta B.", "Nils R.", "Olga V.", "Alexandra-Maria W.",
]; // prettier-ignore

export const site: SiteOnScreen = {
  site: "main",
  room: "Gym 1",
  staff: [
    { id: "aidan", name: "Aidan R." },
    { id: "lena", name: "Lena M." },
    { id: "tom", name: "Tom S." },
  ],
  duty: { holder: "Aidan R.", offered: null },
  pause: null,
  broker: true,
  recording: true,
  unencrypted: false,
  demo: false,
  class: {
    id: classId("class-1"),
    room: "Gym 1",
    by: "Aidan R.",
    startedAt: monotonic(4_000_000),
    heard: true,
  },
  listening: 1,
  releasedAll: null,
};

const plan = (lop: number, pct: number, side: Side): Prescription => ({
  plan: "Giles 2017",
  limb: { limb: "thigh", side },
  lop: mmhg(lop),
  target: mmhg(Math.round((lop * pct) / 100)),
  pctLop: pct,
  limit: minutes(8),
  cap: minutes(20),
  reperfusion: minutes(1),
  repsOfSets: [30, 15, 15, 15],
  inflations: 1,
  cuffDownBetweenSets: false,
});

type Doing = Readonly<{
  phase: Exclude<TilePhase, "no-data"> | "never";
  /** How long it has been under pressure, or down, in seconds. */
  for: number;
  set?: number;
  rep?: number;
  /** Heard this long ago, in seconds. */
  heard?: number;
  pressure?: number;
  side?: Side;
  battery?: number | null;
  basic?: boolean;
  fallen?: boolean;
  simulated?: boolean;
  canRelease?: boolean;
  unassigned?: boolean;
}>;

/** The shape of a minute of pressure: repetitions while working, level while resting, a fall where the cuff went down. */
const wave = (doing: Doing, target: number, ago: number): number => {
  const swing = Math.max(0, Math.sin((2 * Math.PI * ago) / 4 + doing.for)) ** 1.5 * 22 - 8;
  const ripple = Math.sin(ago * 7.5) * 1.2;
  switch (doing.phase) {
    case "working":
      return ago > doing.for ? Math.max(0, target - (ago - doing.for) * 40) : target + swing + ripple;
    case "resting":
      return ago > 17 ? target + swing + ripple : target - 4 + ripple;
    case "reperfusing":
    case "done":
      return ago < doing.for ? 2 + ripple / 3 : Math.min(target + swing, Math.max(2, (ago - doing.for) * 35));
    case "releasing":
      return ago < 4 ? 40 + ago * 25 : target + swing + ripple;
    case "inflating":
    case "measuring":
      return ago > 5 ? 1 : target - ago * 28;
    case "ready":
    case "never":
      return 0.4 + ripple / 4;
  }
};

const cuffOf = (id: string, doing: Doing, now: Monotonic): Readonly<{ cuff: CuffOnScreen; trace: Trace }> => {
  const prescription = doing.unassigned === true ? null : plan(250, 60, doing.side ?? "right");
  const target = prescription?.target ?? 140;
  const up = ["working", "resting", "releasing"].includes(doing.phase);
  const down = doing.phase === "reperfusing" || doing.phase === "done";
  const heard = doing.heard ?? 0.05;
  const never = doing.phase === "never";
  const points: TracePoint[] = [];
  for (let ago = 60; ago >= 0 && !never; ago -= doing.basic === true ? 1 : 0.1)
    if (ago >= heard)
      points.push([before(now, seconds(ago)), mmhg(doing.pressure ?? wave(doing, target, ago - heard))]);
  const pressure: Mmhg | null = points.at(-1)?.[1] ?? null;
  const phases = {
    working: "occluded",
    resting: "occluded",
    releasing: "releasing",
    inflating: "inflating",
    measuring: "measuring",
  } as const;
  const told =
    doing.phase === "working" ||
    doing.phase === "resting" ||
    doing.phase === "releasing" ||
    doing.phase === "inflating" ||
    doing.phase === "measuring"
      ? phases[doing.phase]
      : "idle";
  const cuff: CuffOnScreen = {
    cuff: cuffId(id),
    prescription,
    basic: doing.basic ?? false,
    simulated: doing.simulated ?? false,
    canRelease: doing.canRelease ?? true,
    phase: never || doing.basic === true ? null : told,
    set: up && doing.basic !== true ? (doing.set ?? 2) : null,
    rep: up && doing.basic !== true ? (doing.rep ?? 7) : null,
    batteryPct: never ? null : doing.battery === undefined ? 74 : doing.battery,
    saysOffline: false,
    pressure,
    pressureAt: never ? null : before(now, seconds(heard)),
    heardDown: heardDownOf(up, doing.phase),
    freshFor: seconds(3),
    resting: doing.phase === "resting",
    restingSince: doing.phase === "resting" ? before(now, seconds(17)) : null,
    occlusion: up
      ? { number: 1, since: before(now, seconds(doing.for)), ordered: null, fallen: doing.fallen ?? false }
      : null,
    dose: down
      ? { closed: seconds(362), upTo: before(now, seconds(doing.for)) }
      : { closed: millis(0), upTo: null },
    restricted: down ? seconds(362) : millis(0),
    inflationsDone: down ? 1 : 0,
    resumedAt: null,
    tolerance: { exercise: mmhg(15), rest: mmhg(15) },
    overrunHighAfter: seconds(60),
    notes: [],
  };
  return { cuff, trace: { cuff: cuff.cuff, points } };
};

const heardDownOf = (up: boolean, phase: Doing["phase"]): CuffOnScreen["heardDown"] => {
  if (up) return "inflated";
  if (phase === "never") return "never-heard";
  return phase === "inflating" || phase === "measuring" ? "falling" : null;
};

type Alarmed = Readonly<{
  condition: ConditionId;
  priority: Priority;
  value?: number;
  limit?: number;
  ago?: number;
  by?: string;
  cleared?: boolean;
  unconfirmed?: boolean;
  cause?: string;
  /** Somebody went this long ago, in seconds, and it is silenced no more. */
  wentAgo?: number;
  /** The tablets were reminded this long ago, in seconds. */
  reminded?: number;
}>;
type Person = Readonly<{
  doing: Doing | readonly [Doing, Doing];
  alarms?: readonly Alarmed[];
  name?: string;
  /** What was noted, and how long ago in seconds. */
  notes?: readonly (readonly [Note, number])[];
}>;

/** What is told of a class besides its people. */
type Told = Partial<SiteOnScreen> &
  Readonly<{ pausedFor?: number; inRoom?: readonly Alarmed[]; offeredTo?: string }>;

const build =
  (people: readonly Person[], { pausedFor, inRoom = [], offeredTo, ...changes }: Told = {}): SceneAt =>
  (now) => {
    const stations: StationOnScreen[] = [];
    const alarms: Occurrence[] = [];
    const traces: Trace[] = [];
    people.forEach((person, i) => {
      const doings = "phase" in person.doing ? [person.doing] : person.doing;
      const unassigned = doings[0].unassigned === true;
      const made = doings.map((doing, k) =>
        cuffOf(`cuff-${String(i + 1).padStart(2, "0")}${["", "b"][k] ?? ""}`, doing, now),
      );
      const station = unassigned ? null : stationId(String(i + 1));
      stations.push({
        station,
        patient: unassigned ? "" : (person.name ?? names[i % names.length] ?? ""),
        visit: null,
        cuffs: made.map((m, k) => ({
          ...m.cuff,
          notes: (k === 0 ? (person.notes ?? []) : []).map(([note, ago]) => ({
            note,
            at: before(now, seconds(ago)),
          })),
        })),
      });
      traces.push(...made.map((m) => m.trace));
      const cuff = made[0]?.cuff.cuff ?? cuffId("none");
      const patient = stations.at(-1)?.patient ?? "";
      alarms.push(...(person.alarms ?? []).map((a) => occurrenceOf(a, { cuff, station, patient }, now)));
    });
    alarms.push(...inRoom.map((a) => occurrenceOf(a, { cuff: null, station: null, patient: "" }, now)));
    const told: SiteOnScreen = {
      ...site,
      ...changes,
      ...(pausedFor === undefined
        ? {}
        : {
            pause: {
              by: "Aidan R.",
              at: before(now, seconds(120 - pausedFor)),
              until: after(now, seconds(pausedFor)),
            },
          }),
      ...(offeredTo === undefined
        ? {}
        : { duty: { holder: "Aidan R.", offered: { to: offeredTo, by: "Aidan R.", at: now } } }),
    };
    return { site: told, stations, alarms, traces };
  };

type About = Pick<Occurrence, "cuff" | "station" | "patient">;

const occurrenceOf = (a: Alarmed, about: About, now: Monotonic): Occurrence => {
  const raisedAt = before(now, seconds(a.ago ?? 14));
  const answered = a.by === undefined ? null : before(now, seconds(a.wentAgo ?? 3));
  return {
    ...about,
    id: alarmId(`main:${about.cuff ?? "room"}:${a.condition}:1:1`),
    condition: a.condition,
    priority: a.priority,
    raisedAt,
    roseAt: raisedAt,
    cause: a.cause ?? null,
    waitingSince: answered === null ? raisedAt : null,
    remindedAt: a.reminded === undefined ? null : before(now, seconds(a.reminded)),
    supersededBy: null,
    value: a.value ?? 0,
    limit: a.limit ?? 0,
    unconfirmed: a.unconfirmed ?? false,
    acknowledged:
      answered === null
        ? null
        : { by: a.by ?? "", at: answered, until: after(answered, seconds(30)), verified: false },
    clearedAt: a.cleared === true ? before(now, seconds(1)) : null,
  };
};

/** Eight patients as in the picture that shows the direction, and then some. */
const eight: readonly Person[] = [
  { doing: { phase: "working", for: 159, set: 1, rep: 22 } },
  { doing: { phase: "resting", for: 252, side: "left" } },
  {
    doing: { phase: "working", for: 494, set: 4, rep: 15, side: "left" },
    alarms: [{ condition: "overrun", priority: "medium", by: "Aidan R.", value: 494_000, limit: 480_000 }],
  },
  { doing: { phase: "reperfusing", for: 19 } },
  {
    doing: { phase: "working", for: 434, set: 4, rep: 9, battery: 14 },
    alarms: [{ condition: "release-soon", priority: "low" }],
  },
  {
    doing: [
      { phase: "working", for: 238, set: 2, rep: 6, side: "left" },
      { phase: "working", for: 241, set: 2, rep: 6 },
    ],
  },
  {
    doing: { phase: "working", for: 305, set: 3, heard: 12, side: "left" },
    alarms: [{ condition: "silent", priority: "medium", value: 12_000, ago: 9 }],
  },
  { doing: { phase: "ready", for: 0, battery: 92 } },
];

const phases: readonly Doing["phase"][] = [
  "working",
  "resting",
  "reperfusing",
  "working",
  "ready",
  "inflating",
  "done",
  "working",
];
const calm = (n: number): readonly Person[] =>
  Array.from({ length: n }, (_, i) => ({
    doing: {
      phase: phases[i % phases.length] ?? "ready",
      for: phases[i % phases.length] === "reperfusing" ? 12 + i : 60 + ((i * 97) % 380),
      set: 1 + (i % 4),
      rep: 1 + ((i * 5) % 15),
      side: i % 3 === 0 ? "left" : "right",
      battery: 20 + ((i * 37) % 80),
    },
  }));

/** Some of a calm class, with alarms on every fourth place. */
const busy = (n: number): readonly Person[] =>
  calm(n).map((person, i): Person => {
    if (i % 8 === 1)
      return {
        doing: { phase: "working", for: 575, set: 4, rep: 15 },
        alarms: [{ condition: "overrun", priority: "high", value: 575_000, limit: 480_000 }],
      };
    if (i % 8 === 4)
      return {
        doing: { phase: "working", for: 200, heard: 22 },
        alarms: [{ condition: "silent", priority: "medium" }],
      };
    if (i % 8 === 6)
      return {
        doing: { phase: "working", for: 300, pressure: 124 },
        alarms: [{ condition: "pressure-low", priority: "low", value: 124, limit: 135 }],
      };
    return person;
  });

const everyPhase: readonly Person[] = [
  { doing: { phase: "ready", for: 0 } },
  { doing: { phase: "inflating", for: 2 } },
  { doing: { phase: "working", for: 100 } },
  { doing: { phase: "resting", for: 170 } },
  { doing: { phase: "measuring", for: 4 } },
  { doing: { phase: "releasing", for: 400 } },
  { doing: { phase: "reperfusing", for: 25 } },
  { doing: { phase: "done", for: 70 } },
  { doing: { phase: "never", for: 0 } },
  { doing: { phase: "ready", for: 0, heard: 45 } },
  { doing: { phase: "working", for: 120, basic: true, battery: null } },
  {
    doing: { phase: "working", for: 140, fallen: true, pressure: 3 },
    alarms: [{ condition: "pressure-lost", priority: "medium", value: 3, limit: 148 }],
  },
];

const everyAlarm: readonly Person[] = [
  {
    doing: { phase: "working", for: 580 },
    alarms: [{ condition: "overrun", priority: "high", value: 1, limit: 480_000 }],
  },
  {
    doing: { phase: "working", for: 200, pressure: 254 },
    alarms: [{ condition: "full-occlusion", priority: "high", value: 254, limit: 250, by: "Lena M." }],
  },
  {
    doing: { phase: "releasing", for: 400, pressure: 96 },
    alarms: [{ condition: "release-failed", priority: "high", value: 96 }],
  },
  {
    doing: { phase: "reperfusing", for: 20 },
    alarms: [{ condition: "overrun", priority: "high", cleared: true }],
  },
  {
    doing: { phase: "working", for: 150, pressure: 181 },
    alarms: [{ condition: "pressure-high", priority: "medium", value: 181, limit: 165 }],
  },
  {
    doing: { phase: "working", for: 150, pressure: 118 },
    alarms: [{ condition: "pressure-low", priority: "low", value: 118, limit: 135 }],
  },
  {
    doing: { phase: "resting", for: 165, pressure: 131 },
    alarms: [{ condition: "drift", priority: "medium", cause: "level", value: 134, limit: 150 }],
  },
  {
    doing: { phase: "working", for: 210 },
    alarms: [{ condition: "target-differs", priority: "medium", value: 180, limit: 150 }],
  },
  {
    doing: { phase: "working", for: 490, heard: 26 },
    alarms: [
      { condition: "overrun", priority: "high", unconfirmed: true },
      { condition: "silent", priority: "high", unconfirmed: true },
    ],
  },
  {
    doing: { phase: "working", for: 44, unassigned: true, canRelease: false },
    alarms: [{ condition: "inflated-unassigned", priority: "medium" }],
  },
];

const longNames: readonly Person[] = calm(8).map((p, i) => ({
  ...p,
  name: i % 2 === 0 ? "Maximiliane-Charlotte von Hohenlohe-Bartenstein" : "W".repeat(120),
}));

/** Twelve patients and an alarm at each of them, as on the worst of days. */
const flood: readonly Person[] = [
  ...everyAlarm.slice(0, 8),
  {
    doing: { phase: "working", for: 260, battery: 8 },
    alarms: [{ condition: "battery", priority: "medium", value: 8 }],
  },
  {
    doing: { phase: "working", for: 300 },
    alarms: [{ condition: "cuff-fault", priority: "medium", cause: "E12" }],
  },
  {
    doing: { phase: "working", for: 520 },
    alarms: [{ condition: "overrun", priority: "medium", by: "Lena M.", wentAgo: 35, ago: 40 }],
  },
  {
    doing: { phase: "working", for: 280 },
    alarms: [{ condition: "stop-advised", priority: "medium", value: 8, limit: 7, cause: "pain dizziness" }],
  },
];

const stopAdvised: readonly Person[] = [
  {
    doing: { phase: "working", for: 280 },
    notes: [
      [{ kind: "pain", score: 8 }, 130],
      [{ kind: "refill", seconds: 3 }, 290],
      [{ kind: "symptom", symptom: "dizziness", present: true }, 4],
      [{ kind: "symptom", symptom: "numbness", present: false }, 40],
    ],
    alarms: [{ condition: "stop-advised", priority: "medium", value: 1, limit: 0, cause: "dizziness pain" }],
  },
  { doing: { phase: "ready", for: 0 } },
  {
    doing: [
      { phase: "working", for: 10, side: "left" },
      { phase: "reperfusing", for: 25 },
    ],
  },
  { doing: { phase: "working", for: 120, basic: true, battery: null, canRelease: false } },
  { doing: { phase: "ready", for: 0 } },
];

const reminded: readonly Person[] = eight.map((person, i): Person =>
  i === 2
    ? {
        doing: { phase: "working", for: 552, set: 4, rep: 15, side: "left" },
        alarms: [{ condition: "overrun", priority: "high", ago: 72, reminded: 2, value: 1, limit: 480_000 }],
      }
    : i === 6
      ? { ...person, alarms: [{ condition: "silent", priority: "medium", ago: 64, reminded: 2 }] }
      : person,
);
const roomAlarms: readonly Alarmed[] = [
  { condition: "not-recording", priority: "medium", ago: 20 },
  { condition: "nobody-listening", priority: "medium", ago: 6 },
];

export const scenes = {
  paused: build(everyAlarm, { pausedFor: 107 }),
  "paused-through": build(
    eight.map((person, i): Person =>
      i === 1
        ? {
            ...person,
            alarms: [{ condition: "pressure-lost", priority: "medium", ago: 2, value: 12, limit: 150 }],
          }
        : person,
    ),
    { pausedFor: 107 },
  ),
  "room-alarms": build(eight, { inRoom: roomAlarms, recording: false }),
  reminder: build(reminded, {
    inRoom: [{ condition: "not-recording", priority: "medium", ago: 70, reminded: 5 }],
  }),
  "stop-advised": build(stopAdvised),
  "duty-offered": build(eight, { offeredTo: "Lena M." }),
  "duty-nobody": build(eight, { duty: { holder: null, offered: null } }),
  flood: build(flood, { inRoom: roomAlarms }),
  /** Everything that can stand on a screen at a time. */
  "all-at-once": build(
    flood.map((person, i): Person =>
      i === 2 ? { ...person, ...reminded[2] } : { ...stopAdvised[i], ...person },
    ),
    {
      inRoom: roomAlarms,
      recording: false,
      pausedFor: 90,
      offeredTo: "Lena M.",
      unencrypted: true,
      demo: true,
    },
  ),
  bilateral: build(
    Array.from({ length: 4 }, (_, i) => ({
      doing: [
        { phase: i % 2 === 0 ? "done" : "working", for: 70, side: "left" },
        { phase: "working", for: 80 + i },
      ] as const,
    })),
  ),
  "bilateral-sixteen": build(
    Array.from({ length: 16 }, (_, i) => ({
      doing: [
        { phase: i % 2 === 0 ? "done" : "working", for: 70, side: "left" },
        { phase: "working", for: 80 + i },
      ] as const,
    })),
  ),
  "bilateral-thirtytwo": build(
    Array.from({ length: 32 }, (_, i) => ({
      doing: [
        { phase: i % 2 === 0 ? "done" : "working", for: 70, side: "left" },
        { phase: "working", for: 80 + i, heard: i === 3 ? 9 : 0.05 },
      ] as const,
    })),
  ),
  one: build(calm(1)),
  "one-alarm": build(everyAlarm.slice(0, 1)),
  two: build(eight.slice(4, 6)),
  four: build(eight.slice(2, 6)),
  six: build(eight.slice(0, 6)),
  eight: build(eight),
  "eight-calm": build(calm(8)),
  "eight-simulated": build(eight, { demo: true, unencrypted: true }),
  phases: build(everyPhase),
  alarms: build(everyAlarm),
  twelve: build(busy(12)),
  "twelve-calm": build(calm(12)),
  sixteen: build(busy(16)),
  thirtytwo: build(busy(32)),
  "thirtytwo-simulated": build(busy(32), { demo: true }),
  "thirtytwo-calm": build(calm(32)),
  "long-names": build(longNames),
  "no-broker": build(eight, {
    broker: false,
    recording: false,
    inRoom: [{ condition: "not-recording", priority: "medium" }],
  }),
  "about-to-overrun": build([
    { doing: { phase: "working", for: 474 } },
    { doing: { phase: "working", for: 100 } },
  ]),
  nobody: build([]),
} satisfies Record<string, SceneAt>;
export type SceneName = keyof typeof scenes;
