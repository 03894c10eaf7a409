import type { JsonValue, LosslessNumber } from './json.ts';

/**
 * The parts of `JSON` that keep a number's source text (ECMAScript proposal "JSON.parse source
 * text access": Node 22, Chrome 114, Firefox 135, Safari 18.4), which TypeScript's library lacks.
 */
interface SourceTextJson {
  parse(
    text: string,
    reviver?: (key: string, value: JsonValue, context: { readonly source?: string }) => JsonValue,
  ): JsonValue;
  rawJSON(text: string): LosslessNumber;
  isRawJSON(value: unknown): boolean;
}
export const sourceTextJson = JSON as unknown as SourceTextJson;
