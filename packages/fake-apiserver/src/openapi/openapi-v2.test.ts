import { expect, test } from 'vitest';
import { openApiV2Answer } from './openapi-v2.ts';

test('OpenAPI v2 is an empty document, in the encoding that was asked for', () => {
  const kubectl = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
  expect(openApiV2Answer(kubectl)).toMatchObject({ body: Buffer.from('\n\u00032.0') });
  expect(String(Object(openApiV2Answer('*/*')).body)).toContain('"swagger":"2.0"');
});
