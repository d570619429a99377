import { assert, assertEquals, assertThrows } from "@std/assert";
import { type HostTensor, randomTensor } from "../../kernels/case.ts";
import { goldenSuite } from "../../kernels/golden.ts";
import {
  scanBackwardReference,
  scanForwardReference,
  type ScanShape,
} from "../../kernels/selective_scan/reference.ts";
import { type Verdict, verify } from "../../kernels/verify.ts";
import { DataError } from "../../src/base/errors.ts";
import { Gpu } from "../../src/gpu/gpu.ts";

interface GoldenTensor {
  shape: number[];
  f32: string;
}

type Tensors = Record<string, GoldenTensor>;

interface GoldenCase {
  name: string;
  op?: string;
  deltaSoftplus: boolean;
  inputs: Tensors;
  out: GoldenTensor;
  lastState: GoldenTensor;
  dOut: GoldenTensor;
  dLastState?: GoldenTensor;
  grads: Tensors;
  tolerance?: unknown;
}

const SHAPE: ScanShape = { batch: 2, dim: 4, length: 13, state: 8, groups: 2, softplus: true };

const encode = (data: ArrayLike<number>, shape: readonly number[]): GoldenTensor => ({
  shape: [...shape],
  f32: new Uint8Array(Float32Array.from(data).buffer).toBase64(),
});

/** A case whose expected values are the float64 reference's, rounded. */
function scanCase(without: readonly string[] = [], s = SHAPE): GoldenCase {
  const series = [s.batch, s.dim, s.length];
  const states = [s.batch, s.dim, s.state];
  const shared = s.groups > 1
    ? [s.batch, s.groups, s.state, s.length]
    : [s.batch, s.state, s.length];
  const tensor = (name: string, shape: readonly number[], scale = 1) =>
    randomTensor(`golden/${name}`, shape, scale);
  const a = tensor("A", [s.dim, s.state], 0.5);
  const all: Record<string, HostTensor> = {
    u: tensor("u", series),
    delta: tensor("delta", series, 0.5),
    A: { ...a, data: Float32Array.from(a.data, (x) => -0.05 - Math.abs(x)) },
    B: tensor("B", shared),
    C: tensor("C", shared),
    D: tensor("D", [s.dim]),
    z: tensor("z", series),
    deltaBias: tensor("deltaBias", [s.dim], 0.5),
    initialState: tensor("initialState", states),
    dOut: tensor("dOut", series),
    dLastState: tensor("dLastState", states),
  };
  const present = Object.entries(all).filter(([name]) => !without.includes(name));
  const reals = Object.fromEntries(present.map(([name, x]) => [name, Float64Array.from(x.data)]));
  const { out, lastState } = scanForwardReference(s, reals);
  const gradients = scanBackwardReference(s, reals);
  const encoded = (entries: [string, HostTensor][]) =>
    Object.fromEntries(entries.map(([name, x]) => [name, encode(x.data, x.shape)]));
  const inputs = present.filter(([name]) => name !== "dOut" && name !== "dLastState");
  const key = (name: string) =>
    name === "deltaBias" || name === "initialState"
      ? `d${name[0].toUpperCase()}${name.slice(1)}`
      : `d${name}`;
  return {
    name: `B${s.batch} D${s.dim} L${s.length}`,
    deltaSoftplus: s.softplus,
    inputs: encoded(inputs),
    out: encode(out, series),
    lastState: encode(lastState, states),
    ...encoded(present.filter(([name]) => name === "dLastState")),
    dOut: encode(all.dOut.data, series),
    grads: Object.fromEntries(
      inputs.map(([name, { shape }]) => [name, encode(gradients[key(name)], shape)]),
    ),
  };
}

const file = (...cases: GoldenCase[]): string => JSON.stringify({ source: "the reference", cases });

async function verdicts(...cases: GoldenCase[]): Promise<Verdict[]> {
  const gpu = await Gpu.open();
  const all: Verdict[] = [];
  await verify(gpu, [goldenSuite(file(...cases), "g.json")], (found) => all.push(...found));
  gpu.destroy();
  return all;
}

const failed = (all: readonly Verdict[]): string[] =>
  all.filter(({ passed }) => !passed).map(({ output }) => output);

/** Replaces one element of a tensor. */
function set(tensor: GoldenTensor, index: number, value: number): void {
  const numbers = new Float32Array(Uint8Array.fromBase64(tensor.f32).buffer);
  numbers[index] = value;
  tensor.f32 = encode(numbers, tensor.shape).f32;
}

Deno.test("golden vectors of the float64 reference pass, whatever inputs are absent", async () => {
  const plain = { ...SHAPE, groups: 1, length: 1, softplus: false };
  const all = await verdicts(
    { ...scanCase(), op: "selective_scan" },
    scanCase(["D", "z", "deltaBias", "initialState", "dLastState"]),
    scanCase(["initialState"], plain),
  );
  assertEquals(failed(all), []);
  assertEquals(all.length, 3 * 4 + 9 + 5 + 8);
  assert(all.every(({ name }) => name.startsWith("golden selective_scan B2 D4 L")));
});

Deno.test("a corrupted value fails, and the line says where", async () => {
  const test = scanCase();
  set(test.out, 17, 40);
  set(test.grads.initialState, 5, -40);
  const all = await verdicts(test);
  assertEquals(failed(all), ["out", "dInitialState"]);
  assertEquals(all.find(({ output }) => output === "out")?.index, 17);
});

Deno.test("NaN fails where it is expected and where it is found", async () => {
  const expected = scanCase();
  set(expected.lastState, 3, NaN);
  assertEquals(failed(await verdicts(expected)), ["lastState"]);
  const found = scanCase();
  set(found.inputs.u, 0, NaN);
  const outputs = failed(await verdicts(found));
  assert(outputs.includes("out") && outputs.includes("lastState"), outputs.join());
});

Deno.test("a case's own tolerance takes the place of upstream's", async () => {
  const near = scanCase();
  set(near.out, 0, 1e3);
  assertEquals(failed(await verdicts(near)), ["out"]);
  const none = { rtol: 0, atol: 0 };
  const wide = { rtol: 0, atol: 1e4 };
  assertEquals(failed(await verdicts({ ...near, tolerance: { out: wide } })), []);
  assertEquals(failed(await verdicts({ ...near, tolerance: wide })), []);
  const strict = await verdicts({ ...scanCase(), tolerance: { deltaBias: none } });
  assertEquals(failed(strict), ["dDeltaBias"]);
});

Deno.test("files that are not as they should be are refused, case and field named", () => {
  const refuse = (change: (test: GoldenCase) => void, message: string) => {
    const test = scanCase();
    change(test);
    const error = assertThrows(() => goldenSuite(file(test), "g.json"), DataError, message);
    assert(error.message.startsWith("golden vectors g.json, case 0"), error.message);
  };
  refuse((c) => c.op = "selective_scam", 'did you mean "selective_scan"');
  refuse((c) => c.inputs.u.f32 = "*", '"B2 D4 L13", inputs, u, f32: found "*", expected base64');
  refuse((c) => c.inputs.u.f32 = c.inputs.u.f32.slice(4), "found 413 bytes, expected 416");
  refuse((c) => c.inputs.u.shape = [2, 52], "inputs, u: found shape [2,52]");
  const three = encode(new Float32Array(2 * 3 * 8 * 13), [2, 3, 8, 13]);
  refuse((c) => c.inputs.B = three, "inputs, B: found 3 groups, expected a number that divides 4");
  refuse((c) => c.inputs.C = c.inputs.u, "inputs, C, shape: found [2,4,13], expected [2,2,8,13]");
  refuse((c) => c.dOut.shape = [2, 4, 0], "dOut, shape: found 0, expected whole numbers");
  refuse((c) => delete c.grads.z, "grads, z: found nothing");
  refuse((c) => delete c.inputs.z, "grads, z: found a gradient, expected none");
  refuse((c) => Object.assign(c, { dLastStates: 1 }), 'did you mean "dLastState"');
  refuse((c) => Object.assign(c, { deltaSoftplus: 1 }), "deltaSoftplus: found 1, expected true");
  refuse((c) => Object.assign(c, { name: "" }), 'name: found "", expected text');
  refuse((c) => c.tolerance = { rtol: 1 }, "tolerance, atol: found nothing");
  refuse((c) => c.tolerance = { out: { rtol: -1, atol: 0 } }, "rtol: found -1");
  refuse((c) => c.tolerance = { outs: {} }, 'did you mean "out"');
});

Deno.test("a file without cases, or that is no JSON, is refused", () => {
  const refuse = (text: string, message: string) =>
    void assertThrows(() => goldenSuite(text, "g.json"), DataError, message);
  refuse("{", "golden vectors g.json: ");
  refuse("[]", "found [], expected an object");
  refuse('{"source":"s","cases":[]}', "cases: found [], expected a list that is not empty");
  refuse('{"source":"s","cases":[null]}', "case 0: found");
  refuse('{"source":"s","cases":[7]}', "case 0: found");
});
