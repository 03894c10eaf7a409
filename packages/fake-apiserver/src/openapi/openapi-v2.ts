import { jsonAnswer, type Answer } from '../http/answer.ts';

/** `{swagger: "2.0"}` as a gnostic openapi.v2 Document (openapiv2/OpenAPIv2.proto: field 1 is `swagger`). */
const emptyDocument = Buffer.from([0x0a, 0x03, 0x32, 0x2e, 0x30]);

const protobufType = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

/**
 * A valid document without definitions. kubectl asks for version 2 where version 3 has no answer,
 * as for `kind: List`, and leaves the validation of what it does not find to the server.
 */
export function openApiV2Answer(accept: string | undefined): Answer {
  if (accept?.includes('protobuf') === true) {
    return { kind: 'body', status: 200, contentType: protobufType, body: emptyDocument };
  }
  const info = { title: 'Kubernetes', version: 'unversioned' };
  return jsonAnswer({ swagger: '2.0', info, paths: {}, definitions: {} });
}
