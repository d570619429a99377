import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { ConfigError, HaltError } from "../../src/base/errors.ts";
import { Rng } from "../../src/base/rng.ts";
import { Budget, costOf, worstCostOf } from "../../src/llm/budget.ts";
import { openLlm } from "../../src/llm/client.ts";
import { Control } from "../../src/llm/control.ts";
import { promptTokenBound } from "../../src/llm/request.ts";
import { RequestLog } from "../../src/llm/request_log.ts";
import { endpointAt, PRICED, question } from "./setup.ts";

Deno.test("costs are tokens by price, and the bound counts bytes", () => {
  const prices = { input: 2, output: 8 };
  assertEquals(costOf(prices, 1_000_000, 500_000), 6);
  assertEquals(costOf(null, 1_000_000, 1), 0);
  const plain = promptTokenBound(question("abcd"));
  assertEquals(promptTokenBound(question("ab€")) - plain, 1);
  assertEquals(worstCostOf(prices, question("abcd")), (plain * 2 + 32 * 8) / 1e6);
});

Deno.test("spent and reserved stay within the limit whatever comes back when", async () => {
  const rng = new Rng(7);
  const budget = new Budget(1);
  let refused = 0;
  const one = async (): Promise<void> => {
    try {
      const reservation = await budget.reserve(0.01 + 0.05 * rng.uniform());
      assert(budget.spentUsd + budget.reservedUsd <= 1);
      await new Promise((done) => setTimeout(done, rng.integer(3)));
      reservation.settle(0.01 * rng.uniform());
    } catch (error) {
      assert(error instanceof HaltError);
      refused++;
    }
  };
  await Promise.all(Array.from({ length: 64 * 8 }, one));
  assert(budget.spentUsd <= 1 && budget.spentUsd > 0.9, `${budget.spentUsd}`);
  assert(refused > 0);
  assertEquals(budget.reservedUsd, 0);
});

Deno.test("a request waits for what may come back, and is refused where nothing may", async () => {
  const budget = new Budget(1, 0.5);
  const first = await budget.reserve(0.4);
  const second = budget.reserve(0.3);
  first.settle(0.1);
  first.settle(0.1);
  (await second).settle(0.3);
  assertEquals(Math.round(budget.spentUsd * 100), 90);
  const error = await assertRejects(() => budget.reserve(0.2), HaltError);
  assert(error.message.includes("$1"), error.message);
  await assertRejects(() => budget.reserve(0.01), HaltError);
});

Deno.test("what can be in flight is known beforehand", () => {
  const endpoint = endpointAt("http://localhost:1/v1", PRICED);
  const one = worstCostOf(endpoint.prices, question("x"));
  const bound = new Budget(10.5 * one).bound(endpoint, question("x"), 64);
  assertEquals(bound.requests, 10);
  assert(Math.abs(bound.usd - 10 * one) < 1e-12 && bound.spentUsd <= 10.5 * one);
  assertEquals(new Budget(1000 * one).bound(endpoint, question("x"), 64).requests, 64);
});

Deno.test("a budget needs prices and a number", async () => {
  const endpoint = endpointAt("http://localhost:1/v1");
  const path = await Deno.makeTempFile();
  const log = await RequestLog.open(path);
  const control = new Control();
  const budget = new Budget(1);
  const open = (): unknown => openLlm({ endpoint, log, control, budget });
  assertThrows(open, ConfigError, "RWR_TEACHER_PRICE_INPUT");
  assertThrows(() => new Budget(NaN), ConfigError);
  assertThrows(() => new Budget(-1), ConfigError);
  await log.close();
  await Deno.remove(path);
});
