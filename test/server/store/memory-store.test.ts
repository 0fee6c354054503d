import { alarmContract } from "./alarm-contract.ts";
import { memoryStore } from "./memory-store.ts";

alarmContract("a store in memory", () => Promise.resolve({ ok: true, value: memoryStore() }));
