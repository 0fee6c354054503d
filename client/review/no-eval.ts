/** The server's content security policy forbids eval; a worker has to say so before its first schema is made. */
import { z } from "zod";

z.config({ jitless: true });
