import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError } from "../../src/base/errors.ts";
import { shardFolder, shardOf } from "../../src/distill/shard.ts";

Deno.test("a shard comes from the flag, a Slurm array or an Indexed Job", () => {
  assertEquals(shardOf(undefined, {}), { index: 0, count: 1 });
  const slurm = {
    SLURM_ARRAY_TASK_ID: "5",
    SLURM_ARRAY_TASK_COUNT: "3",
    SLURM_ARRAY_TASK_MIN: "4",
  };
  assertEquals(shardOf(undefined, slurm), { index: 1, count: 3 });
  assertEquals(shardOf("2/4", slurm), { index: 2, count: 4 });
  const job = { JOB_COMPLETION_INDEX: "0", RWR_SHARDS: "2" };
  assertEquals(shardOf(undefined, job), { index: 0, count: 2 });
  assertEquals(shardFolder({ index: 1, count: 3 }), "shard-1-of-3");
  assertEquals(shardFolder({ index: 0, count: 1 }), "");
});

Deno.test("a shard that cannot be is refused with what was expected", () => {
  for (const flag of ["3/3", "1", "a/b", "-1/2", "0/0"]) {
    assertThrows(() => shardOf(flag, {}), ConfigError, "expected i/n");
  }
  const half = { JOB_COMPLETION_INDEX: "0" };
  assertThrows(() => shardOf(undefined, half), ConfigError, "RWR_SHARDS");
});
