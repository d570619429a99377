/**
 * The kit's typed errors. A message says what was being done, what was found, what was expected,
 * and what to do next.
 *
 * @module
 */

/** Common parent, so that a command can tell the kit's own errors from a defect. */
export class KitError extends Error {
  /** The class, as a failed command prints it. */
  override readonly name: string = "KitError";
}

/** A configuration or command-line value is unknown, missing or out of range. */
export class ConfigError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "ConfigError";
}

/** A file or table is torn, empty, of another schema, or holds values that cannot be right. */
export class DataError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "DataError";
}

/** No adapter, a lost device, or an adapter too small for what was asked. */
export class DeviceError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "DeviceError";
}

/** Tensors whose shapes do not fit the operation. */
export class ShapeError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "ShapeError";
}

/** The teacher or verifier could not be reached, or answered with something unusable. */
export class TeacherError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "TeacherError";
}

/**
 * Nothing more can be asked of a teacher or verifier now: budget spent, key refused, model unknown,
 * endpoint down, stop asked. The run stops and can be resumed.
 */
export class HaltError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "HaltError";
}

/** A checkpoint is incomplete, of another shape, or not of this model. */
export class CheckpointError extends KitError {
  /** The class, as a failed command prints it. */
  override readonly name: string = "CheckpointError";
}
