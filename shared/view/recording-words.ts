/** What is said of recordings: on the list of the sessions, and where one cannot be given. */

export const recordingWords = {
  noSession: "There is no recording of such a session.",
  noClass: "There is no recording of such a class.",
  unreadable: (why: string): string => `The recording cannot be read: ${why}`,
  removed: {
    erased: "The recording was erased, as the patient or the clinic wished.",
    outlived: "The recording was removed: it was older than the clinic keeps recordings.",
  },
  taken: "The recording was removed from the records.",
  endsBeforeItBegins: "must be later than `from`",
} as const;
