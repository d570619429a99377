// A thread that makes toy stages, for tests: the order names a stage that fails, and how.
import { serveStages } from "../../src/pipeline/helper_thread.ts";
import { DataError } from "../../src/base/errors.ts";
import type { Stage } from "../../src/pipeline/stage.ts";
import { pause } from "./toy.ts";
import { asideStages, type ToyThreadOrder } from "./toy_aside.ts";

const FAILURES: Readonly<Record<string, () => void | Promise<void>>> = {
  kit: () => {
    throw new DataError("the right table is torn");
  },
  defect: () => {
    throw new TypeError("undefined is not a table");
  },
  // Nobody awaits it, so that it ends the thread.
  crash: () => {
    setTimeout(() => {
      throw new Error("the thread fell over");
    });
    return new Promise<void>(() => {});
  },
};

serveStages(({ fails, version, unitMs = 0 }: ToyThreadOrder): Promise<readonly Stage[]> =>
  Promise.resolve(asideStages({
    version,
    onUnit: async (name, unit) => {
      await pause(unitMs);
      if (name === fails?.stage && unit === 2) await FAILURES[fails.how]();
    },
  }))
);
