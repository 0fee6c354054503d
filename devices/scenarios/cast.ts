/** Who takes part in a made-up class: people and plans. Nobody here is a patient. */
import type { ClassFile } from "../../shared/plan/roster.ts";
import type { Random } from "../random.ts";

export type PlanFile = ClassFile["plans"][number];

export const staff: ClassFile["staff"] = [
  { id: "aidan", name: "Aidan R." },
  { id: "priya", name: "Priya N." },
  { id: "lucia", name: "Lucía M." },
];

const names = [
  ...["Maya K.", "Jonas B.", "Amara O.", "Wei L.", "Sofia P.", "Tariq H.", "Ingrid S.", "Mateo G."],
  ...["Aiko T.", "Kwame A.", "Niamh D.", "Ravi S.", "Elif Y.", "Luca F.", "Hana N.", "Tomasz W."],
  ...["Leila M.", "Andrew C.", "Thandi N.", "Björn E.", "Camila R.", "Dmitri V.", "Fatima Z.", "Owen J."],
  ...["Minh P.", "Chloé L.", "Sanjay K.", "Zofia K.", "Malik B.", "Jessica R.", "Ioana T.", "Keanu M."],
];

/** As many different people as a wall has places. */
export const people = (random: Random): string[] => random.shuffled(names);

const exercise = { sets: [30, 15, 15, 15], repS: 4, restS: 30, betweenSets: "up", reperfusionS: 60 } as const;

/** The presets of docs/clinical.md that a demonstration needs. */
export const plans = {
  legPress: {
    ...exercise,
    id: "giles-2017-leg-press",
    name: "Leg press 30-15-15-15",
    source: "Giles 2017",
    targetPctLop: 60,
    sets: [...exercise.sets],
    inflations: 3,
  },
  legExtension: {
    ...exercise,
    id: "constantinou-2022-leg-extension",
    name: "Leg extension 30-15-15-15",
    source: "Constantinou 2022",
    targetPctLop: 70,
    sets: [...exercise.sets],
    inflations: 3,
  },
  afterAcl: {
    ...exercise,
    id: "hughes-2019-leg-press",
    name: "Leg press after ACL reconstruction",
    source: "Hughes 2019",
    targetPctLop: 80,
    sets: [...exercise.sets],
    inflations: 2,
  },
  armCurl: {
    ...exercise,
    id: "patterson-2019-arm-curl",
    name: "Arm curl 30-15-15-15",
    source: "Patterson 2019",
    targetPctLop: 50,
    sets: [...exercise.sets],
    inflations: 3,
  },
  walk: {
    id: "patterson-2019-walk",
    name: "Walk 15 min",
    source: "Patterson 2019",
    targetPctLop: 50,
    durationS: 900,
    inflations: 1,
    reperfusionS: 180,
  },
  passive: {
    id: "patterson-2019-passive",
    name: "Passive 5 × 5 min",
    source: "Patterson 2019",
    targetPctLop: 70,
    durationS: 300,
    inflations: 5,
    reperfusionS: 180,
  },
} as const satisfies Record<string, PlanFile & { source: string }>;

export type PlanName = keyof typeof plans;
