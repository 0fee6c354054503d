/** Classes with visits: what a patient is to do, has done, and whether the check was passed. */
import type { Visit, VisitExercise } from "../../shared/class/visit.ts";
import { patientId, sessionId } from "../../shared/ids.ts";
import { before, type Monotonic, seconds } from "../../shared/units.ts";
import { type Scene, type SceneAt, scenes } from "./scenes.ts";

const exercise = (changes: Partial<VisitExercise>): VisitExercise => ({
  kind: "restricted",
  name: "Leg press",
  instructions: "",
  sets: [30, 15, 15, 15],
  rounds: 4,
  repS: 4,
  restS: 30,
  durationS: null,
  loadKg: 20,
  pctOneRm: 30,
  pctLop: 60,
  ...changes,
});

export const exercises: readonly VisitExercise[] = [
  exercise({}),
  exercise({ name: "Leg extension", loadKg: 12.5 }),
  exercise({
    kind: "free",
    name: "Side-lying hip abduction",
    sets: [12, 12],
    rounds: 2,
    loadKg: null,
    pctOneRm: null,
    pctLop: null,
  }),
];

const answers = {
  changed: "no",
  "calf-pain": "no",
  "chest-pain": "no",
  "dark-urine": "no",
  unwell: "no",
  "blood-pressure": "no",
} as const;

export const visitOf = (n: number, now: Monotonic, changes: Partial<Visit> = {}): Visit => ({
  session: sessionId(`session-${n}`),
  patient: patientId(`patient-${n}`),
  programme: "Patellofemoral pain (Giles 2017)",
  exercises,
  exercise: 0,
  seatedAt: before(now, seconds(600)),
  check: { answers, red: [], override: null, by: "Aidan R.", at: before(now, seconds(500)) },
  set: null,
  setsDone: [],
  exertion: null,
  remarks: [],
  ...changes,
});

const done = (now: Monotonic, sets: number, ago: number, of = 0): Visit["setsDone"] =>
  Array.from({ length: sets }, (_, i) => ({
    exercise: of,
    set: i + 1,
    repetitions: i === 0 ? 30 : 15,
    beganAt: before(now, seconds(ago + 60 + (sets - 1 - i) * 90)),
    endedAt: before(now, seconds(ago + (sets - 1 - i) * 90)),
  }));

/** Where a patient may stand, one after the other. */
const stands: readonly ((n: number, now: Monotonic) => Visit)[] = [
  (n, now) =>
    visitOf(n, now, { set: { number: 2, beganAt: before(now, seconds(34)) }, setsDone: done(now, 1, 64) }),
  (n, now) => visitOf(n, now, { setsDone: done(now, 2, 17) }),
  (n, now) => visitOf(n, now, { check: null }),
  (n, now) => visitOf(n, now, { setsDone: done(now, 4, 19) }),
  (n, now) => visitOf(n, now),
  (n, now) =>
    visitOf(n, now, {
      check: {
        answers: { ...answers, "calf-pain": "yes" },
        red: ["calf-pain"],
        override: null,
        by: "Tom S.",
        at: now,
      },
    }),
  (n, now) =>
    visitOf(n, now, {
      exercise: 2,
      setsDone: [...done(now, 4, 300), ...done(now, 4, 200, 1), ...done(now, 2, 40, 2)],
    }),
  (n, now) =>
    visitOf(n, now, {
      set: { number: 3, beganAt: before(now, seconds(12)) },
      setsDone: done(now, 2, 42),
      exertion: { score: 6, at: before(now, seconds(70)) },
    }),
];

/** Gives every patient of a scene a visit; cuffs of `silent` tell neither set nor repetition, as plain ones do not. */
const withVisits =
  (of: SceneAt, which: (i: number) => number = (i) => i): SceneAt =>
  (now): Scene => {
    const scene = of(now);
    return {
      ...scene,
      stations: scene.stations.map((s, i) =>
        s.station === null
          ? s
          : {
              ...s,
              cuffs: s.cuffs.map((c) => (i % 2 === 0 ? { ...c, set: null, rep: null } : c)),
              visit: stands[which(i) % stands.length]?.(i + 1, now) ?? null,
            },
      ),
    };
  };

const withoutClass =
  (of: SceneAt): SceneAt =>
  (now) => {
    const scene = of(now);
    return { ...scene, site: { ...scene.site, class: null, listening: 2 } };
  };

/** A scene whose first patient stands somewhere else. */
export const withVisit =
  (of: SceneAt, changes: Partial<Visit>): SceneAt =>
  (now) => {
    const scene = of(now);
    const [first, ...others] = scene.stations;
    if (first === undefined) return scene;
    return { ...scene, stations: [{ ...first, visit: visitOf(1, now, changes) }, ...others] };
  };

/** One who stops with the cuff up, and one who is done and whose cuff is silent. */
const atTheEnd: SceneAt = (now) => {
  const scene = scenes.two(now);
  const all = [...done(now, 4, 300), ...done(now, 4, 200, 1), ...done(now, 2, 40, 2)];
  return {
    ...scene,
    stations: scene.stations.map((s, i) => ({
      ...s,
      visit: visitOf(i + 1, now, i === 0 ? { setsDone: done(now, 2, 30) } : { exercise: 2, setsDone: all }),
      cuffs: s.cuffs
        .slice(0, 1)
        .map((c) =>
          i === 0 ? c : { ...c, occlusion: null, heardDown: null, pressureAt: before(now, seconds(40)) },
        ),
    })),
  };
};

export const classScenes = {
  "class-finish": atTheEnd,
  "no-class": withoutClass(scenes.nobody),
  "class-nobody": scenes.nobody,
  "class-one": withVisits(scenes.one),
  "class-four": withVisits(scenes.four),
  "class-eight": withVisits(scenes["eight-calm"]),
  "class-eight-alarms": withVisits(scenes.eight),
  "class-twelve": withVisits(scenes["twelve-calm"]),
  "class-thirtytwo": withVisits(scenes["thirtytwo-simulated"]),
  "class-all-at-once": withVisits(scenes["all-at-once"]),
} satisfies Record<string, SceneAt>;
