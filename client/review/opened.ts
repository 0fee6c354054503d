/** Asks the server for a recording and opens it. */
import { problemSchema } from "../../shared/clinic/api.ts";
import { openRecording, type Recording } from "../../shared/recording/container.ts";
import { deskWords } from "../../shared/view/desk-words.ts";
import { reviewWords as words } from "../../shared/view/review-words.ts";

export type Answer =
  Readonly<{ ok: true; recording: Recording }> | Readonly<{ ok: false; status: number; detail: string }>;

/** A server that has not answered for this long does not answer. */
const patienceMs = 8000;

/** Reads `address`: with `after`, only the lines whose ids are greater. */
export const readRecording = async (address: string, after: number | null = null): Promise<Answer> => {
  try {
    const response = await fetch(after === null ? address : `${address}?after=${after}`, {
      signal: AbortSignal.timeout(patienceMs),
    });
    if (!response.ok) {
      const problem = problemSchema.safeParse(await response.json());
      const detail = problem.success ? problem.data.detail : deskWords.notUnderstood;
      return { ok: false, status: response.status, detail };
    }
    const opened = openRecording(new Uint8Array(await response.arrayBuffer()));
    return opened.ok
      ? { ok: true, recording: opened.value }
      : { ok: false, status: 0, detail: words.damaged(opened.error.detail) };
  } catch {
    return { ok: false, status: 0, detail: deskWords.noAnswer };
  }
};
