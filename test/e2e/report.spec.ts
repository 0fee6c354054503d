/** The report of a session: one or two pages of A4, as the browser prints them, with everything that has to stand on it. */
import { writeFileSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { checkpointFormat, freeze } from "../../shared/checkpoint.ts";
import { recordingSchema } from "../../shared/clinic/recording-record.ts";
import { usualSettings } from "../../shared/clinic/settings.ts";
import { encodeChunk } from "../../shared/recording/chunk.ts";
import { packRecording } from "../../shared/recording/container.ts";
import { figuresOf } from "../../shared/recording/figures.ts";
import { each } from "../../shared/recording/recorded.ts";
import { spansOf } from "../../shared/recording/span.ts";
import { type Second, sessionOf } from "../support/exported.ts";
import { type Desk, openDesk } from "./desk-stage.ts";
import { phone } from "./looking.ts";

/** Two cuffs in leg press for six minutes: work and rest, a gap, some seconds that came later, and a null here and there. */
const seconds = (shift: number, length: number): readonly Second[] =>
  Array.from({ length }, (_, s) => {
    const working = s % 100 < 70;
    const values = Array.from({ length: 10 }, (__, i): number | null => {
      const wave = working ? 14 * Math.sin(((s + i / 10 + shift) * Math.PI) / 2) : 1;
      return s < 3 ? Math.round((s + i / 10) * 480) : Math.round(10 * (148 + shift * 4 + wave - s / 80));
    });
    const fate = s >= 130 && s < 150 ? "lost" : s >= 230 && s < 250 ? "later" : "heard";
    return { values: s % 37 === 0 ? values.with(4, null) : values, fate, reboots: false, delay: 20 };
  });

test.describe.configure({ mode: "serial" });
let desk: Desk;
test.beforeAll(async () => {
  desk = await openDesk();
  await desk.addPatient("patient-1", {
    ...{ givenName: "Jessica", familyName: "Rössler", number: "K-17", born: "1990-05-06" },
  });
  await desk.addFollowUp("f1", { patient: "patient-1", session: "session-1" });
});
test.afterAll(() => desk.end());

const open = async (page: Page, lasted: number): Promise<void> => {
  const { recorded, clocks } = sessionOf([seconds(0, lasted), seconds(1, lasted)]).exported;
  const { start, lines, from, to } = recorded;
  const all = [...each(lines)];
  const [span] = spansOf(all);
  if (span === undefined) throw new Error("Somebody was seated.");
  const chunks = [...Map.groupBy(all, ({ fact }) => ("cuff" in fact && fact.kind === "samples" ? fact.cuff : "")).values()].map(encodeChunk); // prettier-ignore
  const facts = packRecording(
    {
      ...{
        of: { kind: "session", session: span.session },
        site: start.site,
        log: 0,
        from,
        to,
        running: false,
      },
      ...{ holes: [], lastId: all.length },
      start: { afterId: 0, format: checkpointFormat, state: freeze(start) },
    },
    chunks,
  );
  const body = recordingSchema.parse({
    ...{ patient: "patient-1", name: span.name, station: "3", class: "class-1", programme: "Giles 2017" },
    ...{ outcome: "completed", log: 0, from, to, source: "recorded", removed: null, file: null },
    cuffs: span.worn.map((w) => ({ ...w.limb, cuff: w.cuff, from: w.from, to: w.to ?? to })),
    ...{ startedAt: clocks.wall + from, endedAt: clocks.wall + to, figures: figuresOf(recorded, span) },
  });
  const entry = { id: "session-1", version: 1, at: clocks.wall, by: "Aidan R.", body };
  await page.route("**/api/recordings/session-1", (r) => r.fulfill({ json: { running: false, entry } }));
  await page.route("**/api/recordings/session-1/facts", (r) => r.fulfill({ body: Buffer.from(facts) }));
  await page.route("**/api/settings", (r) =>
    r.fulfill({ json: { ...usualSettings, clinic: "Knee Clinic" } }),
  );
  await page.route("**/api/cuffs?*", (r) => r.fulfill({ json: { entries: [], next: null } }));
  await page.goto(`${desk.url}/sessions/session-1/report`);
  await expect(page.locator("[data-report]")).toBeVisible();
};

/** How many pages a PDF has. */
const pagesOf = (pdf: Buffer): number => pdf.toString("latin1").match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;

test("a session prints on one or two pages of A4, with its arithmetic, its trace and who answered", async ({
  page,
}) => {
  await open(page, 390);
  const paper = page.locator("[data-report]");
  for (const text of [
    ...[
      "Knee Clinic",
      "Jessica Rössler",
      "K-17",
      "Giles 2017",
      "60 % of 250 mmHg = 150 mmHg",
      "Aidan R.",
      "Pain 4 of 10",
    ],
    ...[
      "Feels unwell",
      "Only a cold",
      "Knee träge, =1+1",
      "there is no reading",
      "came later",
      "not blood pressure",
    ],
  ])
    await expect(paper).toContainText(text);
  expect((await paper.locator("path.trace").first().getAttribute("d"))?.length).toBeGreaterThan(5000);
  await expect(paper.locator("[data-missing]")).not.toHaveCount(0);
  await expect(page).toHaveTitle(/^Report of a session, 3 Mar 2026/);

  const pdf = await page.pdf({ preferCSSPageSize: true });
  const folder = process.env.REPORT_PICTURES;
  if (folder !== undefined) writeFileSync(`${folder}/report.pdf`, pdf);
  expect(pagesOf(pdf)).toBeGreaterThanOrEqual(1);
  expect(pagesOf(pdf)).toBeLessThanOrEqual(2);
  // Text in it is text and no picture: it comes with fonts and how they read.
  expect(pdf.toString("latin1")).toContain("/ToUnicode");

  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".bar")).toBeHidden();
  await expect(page.locator("[data-action=print]")).toBeHidden();
  await expect(paper).toBeVisible();
});

test("on a phone nothing sticks out, and axe finds nothing", async ({ page }) => {
  await page.setViewportSize(phone);
  await open(page, 40);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map((v) => `${v.id}: ${v.nodes[0]?.html ?? ""}`),
  ).toEqual([]);
});
