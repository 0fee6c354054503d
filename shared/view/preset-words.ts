/** What the presets say to people: their names, what each is for, and the explanation that a patient is given, in plain words. */

/** What is true of every treatment under a cuff, between what is particular to one. */
const told = (...particular: readonly string[]): string =>
  [
    "A cuff around your limb is filled with air. It does not stop the blood that flows in, but it slows what flows out. Your muscle then works as hard as under a heavy weight, although the weight is light. The pressure is a share of the pressure at which the flow in your own limb would stop, so it is set for you alone.",
    ...particular,
    "What you will feel: the cuff is tight, the limb may look darker or paler, and the muscle burns and tires quickly, most of all in the last repetitions. That passes within a minute or two of the cuff going down. The muscle may be sore for a day or two.",
    "Say so at once if the limb goes numb or tingles, if it hurts more than hard work hurts, if you feel dizzy or short of breath, or if you want to stop. We let the cuff down whenever you ask, without a reason.",
    "Rare but serious: a blood clot in the limb (swelling, warmth, redness, pain that grows; in the lung: short of breath, chest pain), and muscle that breaks down (rhabdomyolysis: pain far beyond ordinary soreness, weakness, dark urine, mostly two to three days later). If you notice any of these, seek care the same day and tell us. For chest pain or shortness of breath call an ambulance.",
    "Tell us before the next session if your health or your medicines have changed. We ask you how you are the day after each session and once more after three days.",
  ].join("\n\n");

export const presetWords = {
  "giles-2017": {
    name: "Patellofemoral pain (Giles 2017)",
    what: "Pain around or behind the kneecap, where a heavy leg press or leg extension hurts.",
    source:
      "Giles et al. 2017, Br J Sports Med 51:1688: leg press and leg extension, 30 % 1RM, 60 % LOP, 30-15-15-15, 30 s rest, 3 a week for 8 weeks",
    explanation: told(
      "Your kneecap hurts under a heavy weight, so your thigh has lost strength. Under the cuff you do a leg press and a leg extension with less than half the weight, so that the thigh grows stronger while the knee is spared. The knee should not hurt more than a little while you do it.",
      "The cuff is one part of your treatment. Beside it you strengthen your hips, practise jumping and landing, and the kneecap may be taped. Plan for three sessions a week for eight weeks.",
    ),
  },
  "constantinou-2022": {
    name: "Patellofemoral pain (Constantinou 2022)",
    what: "Pain around or behind the kneecap; hip and knee work at a higher pressure, for four weeks.",
    source:
      "Constantinou et al. 2022, Eur J Phys Rehabil Med 58:225: hip and knee exercises, 30 % 1RM, 70 % LOP, 3 a week for 4 weeks",
    explanation: told(
      "Your kneecap hurts under a heavy weight, so your thigh has lost strength. Under the cuff the thigh works with a light weight, so that it grows stronger while the knee is spared. The knee should not hurt more than a little while you do it.",
      "The cuff is one part of your treatment. Beside it you strengthen your hips, practise jumping and landing, and the kneecap may be taped. Plan for three sessions a week for four weeks.",
    ),
  },
  "acl-first-weeks": {
    name: "ACL reconstruction, first weeks (passive)",
    what: "From the first days until about three weeks after surgery: the cuff on the resting limb, against the loss of muscle.",
    source:
      "Patterson et al. 2019, Front Physiol 10:533: passive, 70 to 100 % LOP, 5 × (5 min on, 3 min off)",
    explanation: told(
      "Your new ligament must heal, and the knee may not carry a heavy load in its first six weeks. A thigh that does not work loses muscle within days. In these first weeks you lie down and rest while the cuff goes up five times for five minutes, with three minutes between. That slows the loss of muscle without any load on the knee.",
      "The cuff is one part of your treatment. Beside it you tense the thigh, raise the straight leg, and move the knee as your surgeon allows. About three weeks after the operation light exercises under the cuff take its place.",
      "You have had an operation, so a clot is somewhat likelier than otherwise. Look at your calf every day, and tell us about anything new.",
    ),
  },
  "hughes-2019": {
    name: "ACL reconstruction, from 3 weeks (Hughes 2019)",
    what: "From about three weeks after surgery: a light leg press that keeps and rebuilds the thigh.",
    source:
      "Hughes et al. 2019, Sports Med 49:1787: leg press, 30 % 1RM, 80 % LOP, 30-15-15-15, 2 a week for 8 weeks, from about 3 weeks after surgery",
    explanation: told(
      "Your new ligament must heal, and the knee may not carry a heavy load in the first six weeks after the operation. Under the cuff a light leg press is enough to rebuild the thigh. The weight stays light until your surgeon and we agree that the knee may take more.",
      "The cuff is one part of your treatment. Beside it you train your hips and your balance and move the knee as your surgeon allows. Jumping and landing come later, when the knee is strong and quiet enough. Plan for two sessions a week for eight weeks.",
      "You have had an operation, so a clot is somewhat likelier than otherwise. Look at your calf every day, and tell us about anything new.",
    ),
  },
  passive: {
    name: "Passive, 5 × (5 min on, 3 min off)",
    what: "A limb that may not be loaded at all: cuff cycles at rest, against the loss of muscle.",
    source:
      "Patterson et al. 2019, Front Physiol 10:533: passive, 70 to 100 % LOP, 5 × (5 min on, 3 min off)",
    explanation: told(
      "Your limb may not work at present, and muscle that does not work is lost within days. You lie down and rest while the cuff goes up five times for five minutes, with three minutes between. That slows the loss. It is one part of your treatment, beside what you may already move.",
    ),
  },
  aerobic: {
    name: "Aerobic, 15 min walk or cycle",
    what: "Fitness and some strength at an easy pace, where stronger work is not possible yet.",
    source:
      "Patterson et al. 2019, Front Physiol 10:533: aerobic, 40 to 80 % LOP, under 50 % VO2max, 5 to 20 min",
    explanation: told(
      "You walk or cycle for fifteen minutes at a pace at which you can still talk. Under the cuffs that easy pace trains your heart and your thighs. It is one part of your treatment, beside your strength exercises.",
    ),
  },
} as const;

/** The exercises of the presets: what each is called and how it is done. */
export const presetExercises = {
  legPress: {
    name: "Leg press",
    instructions: "Through the range that does not hurt. 2 s up, 2 s down, without a pause at the ends.",
  },
  legExtension: {
    name: "Leg extension",
    instructions: "Through the range that does not hurt. 2 s up, 2 s down, without a pause at the ends.",
  },
  lightLegPress: {
    name: "Leg press, one leg",
    instructions:
      "Only through the range that the surgeon allows. 2 s up, 2 s down. No heavy load in the first six weeks after surgery.",
  },
  cycles: {
    name: "Cuff cycles, lying down",
    instructions: "Lie down, the limb at rest. 5 min on, 3 min off.",
  },
  walkOrCycle: {
    name: "Walk or cycle",
    instructions: "At a pace at which talking is easy, under half of the greatest effort.",
  },
  taping: {
    name: "Taping of the kneecap",
    instructions: "Before the exercises, where it lessens the pain. Look at the skin before and after.",
  },
  hip: {
    name: "Hip strength",
    instructions: "Abduction and outward rotation, lying on the side or with a band. Without the cuff.",
  },
  landing: {
    name: "Jumping and landing drills",
    instructions:
      "Soft landings with the knee over the foot, first on both legs. Leave out while the knee hurts.",
  },
  quadSets: {
    name: "Tensing the thigh",
    instructions: "Press the back of the knee down and hold for 5 s. Without the cuff.",
  },
  straightLeg: {
    name: "Straight leg raise",
    instructions: "Only if the knee stays fully straight. Without the cuff.",
  },
  bend: {
    name: "Bending and stretching the knee",
    instructions: "Slide the heel, as far as the surgeon allows. Without the cuff.",
  },
  balance: {
    name: "Balance on one leg",
    instructions: "As far as full weight is allowed; hold on to something. No jumping yet.",
  },
} as const;
