/** Where this package says what happened; pino has this shape. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Uniform in [0, 1), as `Math.random`. */
export type Random = () => number;
