/**
 * The kit's typed errors. A message says what was being done, what was found, what was expected,
 * and what to do next.
 *
 * @module
 */

/** Common parent, so that a command can tell the kit's own errors from a defect. */
export class KitError extends Error {
  override name = "KitError";
}

/** A configuration or command-line value is unknown, missing or out of range. */
export class ConfigError extends KitError {
  override name = "ConfigError";
}

/** A file or table is torn, empty, of another schema, or holds values that cannot be right. */
export class DataError extends KitError {
  override name = "DataError";
}

/** No adapter, a lost device, or an adapter too small for what was asked. */
export class DeviceError extends KitError {
  override name = "DeviceError";
}

/** Tensors whose shapes do not fit the operation. */
export class ShapeError extends KitError {
  override name = "ShapeError";
}

/** The teacher or verifier could not be reached, or answered with something unusable. */
export class TeacherError extends KitError {
  override name = "TeacherError";
}

/** A checkpoint is incomplete, of another shape, or not of this model. */
export class CheckpointError extends KitError {
  override name = "CheckpointError";
}
