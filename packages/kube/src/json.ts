/**
 * JSON as the API server wrote it. A number that a double cannot hold as written is a
 * {@link LosslessNumber}; every other number is a plain one.
 */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | LosslessNumber
  | readonly JsonValue[]
  | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

/** What `JSON.rawJSON` makes: a frozen object that `JSON.stringify` writes digit for digit. */
export interface LosslessNumber {
  readonly rawJSON: string;
}
