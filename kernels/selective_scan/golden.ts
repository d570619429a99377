/**
 * Golden vectors of the selective scan, in upstream's layout.
 *
 * @module
 */
import type { HostTensor, KernelCase, Tolerance } from "../case.ts";
import { GoldenFields } from "../golden_fields.ts";
import { gradientOf, runScan, UPSTREAM_TOLERANCES } from "./cases.ts";

const REQUIRED = ["u", "delta", "A", "B", "C"] as const;
const OPTIONAL = ["D", "z", "deltaBias", "initialState"] as const;
const INPUTS = [...REQUIRED, ...OPTIONAL] as const;
const MEMBERS = ["name", "deltaSoftplus", "inputs", "out", "lastState", "dOut", "dLastState"];

type Inputs = Readonly<Record<string, HostTensor>>;

/**
 * Reads one case: `name`, `deltaSoftplus`, `inputs`, the expected `out` and `lastState`, the upstream
 * gradients `dOut` and (else zero) `dLastState`, the expected `grads` by input, and (else
 * {@linkcode UPSTREAM_TOLERANCES}) a `tolerance`: `{ rtol, atol }` for all outputs, or an object that
 * holds one for `out`, `lastState` or the gradient of an input.
 *
 * @param where Names the case in messages.
 * @throws {DataError} that names the field where it is not as it should be.
 */
export function scanGolden(value: unknown, where: string): KernelCase {
  const fields = new GoldenFields(value, where, [...MEMBERS, "grads", "tolerance"]);
  const inputs = inputsOf(fields.object("inputs", INPUTS));
  const series = inputs.u.shape;
  const states = [series[0], ...inputs.A.shape];
  const upstream = {
    dOut: fields.tensor("dOut", series),
    ...(fields.has("dLastState") ? { dLastState: fields.tensor("dLastState", states) } : {}),
  };
  const expected: Readonly<Record<string, Float64Array>> = {
    out: Float64Array.from(fields.tensor("out", series).data),
    lastState: Float64Array.from(fields.tensor("lastState", states).data),
    ...gradientsOf(fields.object("grads", INPUTS), inputs),
  };
  return {
    name: `selective_scan ${fields.text("name")}`,
    inputs: { ...inputs, ...upstream },
    run: runScan({ deltaSoftplus: fields.flag("deltaSoftplus") }),
    reference: () => ({ ...expected }),
    tolerance: toleranceOf(fields, Object.keys(inputs)),
  };
}

/** The inputs, each of the shape that u, A and B's groups leave it. */
function inputsOf(fields: GoldenFields): Inputs {
  const [u, A, B] = [fields.tensor("u"), fields.tensor("A"), fields.tensor("B")];
  if (u.shape.length !== 3) fields.fail("u", `shape [${u.shape}]`, "[batch, dim, length]");
  const [batch, dim, length] = u.shape;
  if (A.shape.length !== 2 || A.shape[0] !== dim) {
    fields.fail("A", `shape [${A.shape}]`, `[${dim}, state]`);
  }
  const state = A.shape[1];
  const groups = B.shape.length === 4 ? B.shape[1] : 1;
  if (dim % groups) fields.fail("B", `${groups} groups`, `a number that divides ${dim} channels`);
  const shapes: Readonly<Record<typeof INPUTS[number], readonly number[]>> = {
    u: u.shape,
    delta: u.shape,
    A: A.shape,
    B: B.shape.length === 4 ? [batch, groups, state, length] : [batch, state, length],
    C: B.shape.length === 4 ? [batch, groups, state, length] : [batch, state, length],
    D: [dim],
    z: u.shape,
    deltaBias: [dim],
    initialState: [batch, dim, state],
  };
  const present = INPUTS.filter((name) =>
    REQUIRED.some((required) => required === name) || fields.has(name)
  );
  return Object.fromEntries(present.map((name) => [name, fields.tensor(name, shapes[name])]));
}

/** Expected gradients by output; one for each input, none besides. */
function gradientsOf(fields: GoldenFields, inputs: Inputs): Record<string, Float64Array> {
  const stray = fields.names.find((name) => !Object.hasOwn(inputs, name));
  if (stray !== undefined) fields.fail(stray, "a gradient", `none, as inputs has no ${stray}`);
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { shape }]) => [
      gradientOf(name),
      Float64Array.from(fields.tensor(name, shape).data),
    ]),
  );
}

/** The case's own bounds where it has them, upstream's elsewhere. */
function toleranceOf(fields: GoldenFields, inputs: readonly string[]): Record<string, Tolerance> {
  const outputs = new Map([["out", "out"], ["lastState", "lastState"]]);
  for (const input of inputs) outputs.set(input, gradientOf(input));
  const bounds = { ...UPSTREAM_TOLERANCES };
  if (!fields.has("tolerance")) return bounds;
  const names = ["rtol", "atol"];
  const own = fields.object("tolerance", [...names, ...outputs.keys()]);
  const read = (pair: GoldenFields): Tolerance => ({
    relative: pair.bound("rtol"),
    absolute: pair.bound("atol"),
  });
  if (names.some((name) => own.has(name))) {
    const all = read(fields.object("tolerance", names));
    return Object.fromEntries([...outputs.values()].map((output) => [output, all]));
  }
  for (const [name, output] of outputs) {
    if (own.has(name)) bounds[output] = read(own.object(name, names));
  }
  return bounds;
}
