/** Schemas as OpenAPI has them (JSON Schema 2020-12); those of the records stand once, among the components. */
import { z } from "zod";
import { problemSchema } from "../../shared/clinic/api.ts";
import { cuffRecordSchema } from "../../shared/clinic/cuff-record.ts";
import { adverseEventSchema, followUpSchema } from "../../shared/clinic/follow-up.ts";
import { patientSchema } from "../../shared/clinic/patient.ts";
import { classRecordSchema, recordingSchema } from "../../shared/clinic/recording-record.ts";
import { sessionRecordSchema } from "../../shared/clinic/session-record.ts";
import { settingsSchema } from "../../shared/clinic/settings.ts";
import { staffSchema } from "../../shared/clinic/staff.ts";
import { lopSchema } from "../../shared/plan/limb-occlusion.ts";
import { programmeSchema } from "../../shared/plan/programme.ts";

/** A JSON Schema, or a reference to one. */
export type Schema = Readonly<Record<string, unknown>>;

/** The records by the names that they have in the document. */
const named = {
  Problem: problemSchema,
  Patient: patientSchema,
  Programme: programmeSchema,
  LimbOcclusionPressure: lopSchema,
  Session: sessionRecordSchema,
  FollowUp: followUpSchema,
  AdverseEvent: adverseEventSchema,
  Recording: recordingSchema,
  Class: classRecordSchema,
  Settings: settingsSchema,
  Staff: staffSchema,
  Cuff: cuffRecordSchema,
} as const;

const names = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(named)) names.add(schema, { id });

type Field = Readonly<{ schema: Schema; required: boolean }>;
export type Schemas = Readonly<{
  /** What is sent: defaults may be left out. */
  asked: (schema: z.ZodType) => Schema;
  /** What comes back: defaults are filled in. */
  answered: (schema: z.ZodType) => Schema;
  /** The parameters in an address or a query. */
  fieldsOf: (schema: z.ZodType | undefined) => Readonly<Record<string, Field>>;
  components: Map<string, Schema>;
}>;

/** Collects the schemas of one document. */
export const schemasIn = (): Schemas => {
  const components = new Map<string, Schema>();
  const printed = (schema: z.ZodType, io: "input" | "output"): Schema => {
    // What is sent and what comes back differ where there are defaults, so they have names of their own.
    const suffix = io === "input" ? "Sent" : "";
    const own = jsonSchemaOf(schema, io);
    const { $defs = {} } = own;
    delete own.$schema;
    delete own.$defs;
    const moved = <T>(part: T): T =>
      JSON.parse(
        JSON.stringify(part).replaceAll(
          /"#\/\$defs\/([^"/]+)"/g,
          (_whole, name: string) => `"#/components/schemas/${name}${suffix}"`,
        ),
      ) as T;
    for (const [name, body] of Object.entries($defs)) components.set(`${name}${suffix}`, moved(body));
    return moved(own);
  };
  return {
    components,
    asked: (schema) => printed(schema, "input"),
    answered: (schema) => printed(schema, "output"),
    fieldsOf: (schema) => {
      if (schema === undefined) return {};
      const { properties = {}, required = [] } = jsonSchemaOf(schema, "input");
      return Object.fromEntries(
        Object.entries(properties).map(([name, one]) => [
          name,
          { schema: typeof one === "boolean" ? {} : one, required: required.includes(name) },
        ]),
      );
    },
  };
};

const jsonSchemaOf = (schema: z.ZodType, io: "input" | "output"): z.core.JSONSchema.JSONSchema =>
  z.toJSONSchema(schema, {
    ...{ io, metadata: names, unrepresentable: "any" },
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      const description = z.globalRegistry.get(zodSchema)?.description;
      if (description !== undefined) jsonSchema.description = description;
      // A brand changes nothing of what is sent.
      if (def.type === "pipe" && def.out._zod.def.type === "transform") {
        Object.assign(jsonSchema, z.toJSONSchema(def.in, { io, unrepresentable: "any" }));
        delete jsonSchema.$schema;
      }
      // What comes back may have more than is told here.
      if (io === "output" && def.type === "object" && def.catchall === undefined)
        delete jsonSchema.additionalProperties;
    },
  });
