/** As much of edfjs as the tests use; it comes without types. */
declare module "edfjs" {
  export class EDF {
    read_buffer(buffer: ArrayBuffer): void;
    readonly type: string;
    readonly startdatetime: Date;
    readonly num_records: number;
    readonly annotations: readonly Readonly<{ onset: number; duration: number; label: readonly string[] }>[];
    get_physical_samples(): Promise<Readonly<Record<string, Float32Array>>>;
  }
}
