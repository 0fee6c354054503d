/** What the checker has to say about `data`: how often, in which order, and by which clock. */
import type { DataMessage } from "../../shared/cuff/message.ts";
import { advice, departs, type Finding, type Readings } from "./finding.ts";

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** How often the cuff speaks. */
export const paceFindings = ({ data, meta, listenedMs }: Readings): Finding[] => {
  const first = data[0];
  const last = data.at(-1);
  if (first === undefined || last === undefined)
    return [departs("No data was heard; it is due at least once a second, also while the cuff is idle.")];
  const findings: Finding[] = [];
  const times = [0, ...data.map(({ atMs }) => atMs), listenedMs];
  const longest = Math.max(...times.slice(1).map((atMs, i) => atMs - (times[i] ?? 0)));
  // Half a second for a link that is not at its best.
  if (longest > 1500)
    findings.push(
      departs(`data is due at least once a second; the longest pause was ${inSeconds(longest)}.`),
    );
  const overMs = last.atMs - first.atMs;
  if (overMs < 2000) return findings;
  const perSecond = ((data.length - 1) * 1000) / overMs;
  if (perSecond < 4)
    findings.push(advice(`data comes ${perSecond.toFixed(1)} times a second; 5 are recommended.`));
  const samples = data.slice(1).reduce((sum, { message }) => sum + message.p.length, 0);
  const hz = (samples * 1000) / overMs;
  if (meta?.hz !== undefined && Math.abs(hz - meta.hz) > 0.2 * meta.hz)
    findings.push(departs(`meta promises ${meta.hz} samples a second; ${hz.toFixed(1)} came.`));
  return findings;
};

type Pair = Readonly<{ before: DataMessage; after: DataMessage }>;

/** Messages that follow one another within one boot. */
const pairs = ({ data }: Readings): Pair[] =>
  data.slice(1).flatMap(({ message: after }, i) => {
    const before = data[i]?.message;
    return before?.boot === after.boot ? [{ before, after }] : [];
  });

type Rule = Readonly<{
  broken: (pair: Pair) => boolean;
  says: (pair: Pair) => string;
  kind: Finding["kind"];
}>;

const inflatedTenths = 300;

const rules: readonly Rule[] = [
  {
    kind: "departs",
    broken: ({ before, after }) => after.seq <= before.seq,
    says: ({ before, after }) => `seq does not go up: ${after.seq} came after ${before.seq}.`,
  },
  {
    kind: "advice",
    broken: ({ before, after }) => after.seq > before.seq + 1,
    says: ({ before, after }) =>
      `seq jumped from ${before.seq} to ${after.seq}: messages were lost on the way, or seq does not count by one.`,
  },
  {
    kind: "departs",
    broken: ({ before, after }) =>
      after.seq === before.seq + 1 &&
      Math.abs(after.m0 - before.m0 - before.p.length * before.dt) > 2 + 0.05 * before.p.length * before.dt,
    says: ({ before, after }) =>
      `m0 went on by ${after.m0 - before.m0} ms over ${before.p.length} samples of dt ${before.dt} ms; the samples do not join up.`,
  },
  {
    kind: "departs",
    broken: ({ before, after }) => after.st.ep < before.st.ep,
    says: ({ before, after }) => `st.ep went back from ${before.st.ep} to ${after.st.ep} within one boot.`,
  },
  {
    kind: "departs",
    broken: ({ before, after }) =>
      after.st.ep === before.st.ep && after.st.occMs > 0 && after.st.occMs < before.st.occMs,
    says: ({ before, after }) =>
      `st.occMs went back from ${before.st.occMs} to ${after.st.occMs} within inflation ${after.st.ep}.`,
  },
  {
    kind: "departs",
    broken: ({ before, after }) =>
      after.st.phase === "occluded" &&
      before.st.phase === "occluded" &&
      after.st.ep === before.st.ep &&
      Math.abs(after.st.occMs - before.st.occMs - (after.m0 - before.m0)) > 500,
    says: ({ before, after }) =>
      `st.occMs went on by ${after.st.occMs - before.st.occMs} ms while the cuff's clock went on by ${after.m0 - before.m0} ms.`,
  },
  {
    kind: "departs",
    broken: ({ before, after }) =>
      [before, after].every(
        ({ p, st }) =>
          st.occMs === 0 && st.phase === "occluded" && p.every((t) => t !== null && t >= inflatedTenths),
      ),
    says: () => "st.occMs is 0 although the cuff is occluded above 30 mmHg.",
  },
  {
    kind: "departs",
    broken: ({ after }) => after.hist === true,
    says: () => "a message on data says hist; what is historic belongs on backfill.",
  },
];

/** What is wrong from one message to the next: each rule once, with the first case and the number of cases. */
export const dataFindings = (readings: Readings): Finding[] => {
  const found = rules.flatMap(({ broken, says, kind }) => {
    const cases = pairs(readings).filter(broken);
    const [first] = cases;
    if (first === undefined) return [];
    const more = cases.length > 1 ? ` (${cases.length} times)` : "";
    return [{ kind, text: `${says(first)}${more}` }];
  });
  return [...found, ...frozenFindings(readings)];
};

/** The same raw value for 5 s while inflated is what a frozen sensor looks like. */
const frozenFindings = ({ data }: Readings): Finding[] => {
  const [first] = data;
  if (first === undefined) return [];
  const heldMs = longestRun(data.flatMap(({ message }) => samplesOf(message)));
  return heldMs >= 5000
    ? [
        advice(
          `The pressure did not change by 0.1 mmHg for ${inSeconds(heldMs)} while inflated: it will be shown as frozen.`,
        ),
      ]
    : [];
};

type Sample = Readonly<{ ms: number; tenths: number | null }>;

const samplesOf = ({ m0, dt, p }: DataMessage): Sample[] =>
  p.map((tenths, i) => ({ ms: m0 + i * dt, tenths }));

const longestRun = (samples: readonly Sample[]): number => {
  let longest = 0;
  let since: Sample | null = null;
  for (const sample of samples) {
    const same = since !== null && sample.tenths === since.tenths && sample.ms >= since.ms;
    if (!same) since = sample.tenths !== null && sample.tenths >= inflatedTenths ? sample : null;
    else if (since !== null) longest = Math.max(longest, sample.ms - since.ms);
  }
  return longest;
};

/** The cuff's clock against the listener's. */
export const clockFindings = ({ data }: Readings): Finding[] => {
  const first = data[0];
  const last = data.findLast(({ message }) => message.boot === first?.message.boot);
  if (first === undefined || last === undefined) return [];
  const findings: Finding[] = [];
  const overMs = last.atMs - first.atMs;
  const ownMs = last.message.m0 - first.message.m0;
  // Over a short time the jitter of the link would be taken for drift.
  if (overMs >= 10_000 && Math.abs(ownMs / overMs - 1) > 0.01)
    findings.push(
      departs(
        `Its clock runs ${ownMs > overMs ? "fast" : "slow"}: ${inSeconds(ownMs)} in ${inSeconds(overMs)}.`,
      ),
    );
  const best = Math.min(...data.map(({ atMs, message }) => atMs - message.m0));
  const late = data.filter(({ atMs, message }) => atMs - message.m0 - best > 2000).length;
  if (late > 0)
    findings.push(advice(`${late} messages came more than 2 s late; they would not count as live.`));
  return findings;
};
