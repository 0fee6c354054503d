/** The walls and tablets that were let in, and how one more is. */
import { z } from "zod";
import { entryOf, pageOf } from "../../shared/clinic/api.ts";
import { type Device, deviceSchema } from "../../shared/clinic/device.ts";
import { ask, type Refused, type Reply } from "../desk/ask.ts";

const deviceEntry = entryOf(deviceSchema);
export type DeviceEntry = Readonly<z.output<typeof deviceEntry>>;

/** A clinic has some dozens. */
const most = 500;

export const readDevices = async (): Promise<Reply<readonly DeviceEntry[]>> => {
  const reply = await ask(pageOf(deviceEntry), "GET", `/api/devices?limit=${most}`);
  return reply.ok ? { ...reply, value: reply.value.entries } : reply;
};

/** Lets the screen in that shows `code`. */
export const letIn = async (code: string, device: Device): Promise<Refused | null> => {
  const reply = await ask(deviceEntry, "POST", "/api/pairings/confirm", { body: { code, ...device } });
  return reply.ok ? null : reply;
};

/** Shuts a screen out at once. */
export const shutOut = async (id: string): Promise<Refused | null> => {
  const reply = await ask(z.unknown(), "DELETE", `/api/devices/${id}`);
  return reply.ok ? null : reply;
};
