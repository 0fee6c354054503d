/** `/api/patients/:id/export`: everything that is known of one patient. */
import { fileName, fileOf } from "../http/file.ts";
import { type Route, route } from "../http/route.ts";
import { byId, found } from "../records/answers.ts";
import { patientArchive, type PatientArchiveOptions } from "./patient-archive.ts";

export const patientExportRoutes = (options: PatientArchiveOptions): readonly Route[] => {
  const { clinic } = options;
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: each takes much memory, and the archive's thread does one thing at a time anyway. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  return [
    route({
      method: "get",
      path: "/api/patients/:id/export",
      what: "Everything that is known of one patient as an archive (.zip): every version of every record, and each recording as facts and as tables. README.txt in it tells what each file is.",
      right: "export",
      params: byId,
      answer: fileOf("application/zip"),
      handle: ({ params: { id } }) =>
        inTurn(async () => {
          const patient = await found(clinic.patients, id, "patient");
          if (!patient.ok) return patient;
          const { body } = patient.entry;
          const made = await patientArchive(options, { id, body });
          if (!made.ok) return made;
          const day = new Date(clinic.wall()).toISOString().slice(0, 10);
          // Nobody's name, since files lie about.
          const name = fileName(["cuffwatch", "patient", body.number === "" ? id : body.number, day], "zip");
          return { ok: true, body: { content: made.content, name } };
        }),
    }),
  ];
};
