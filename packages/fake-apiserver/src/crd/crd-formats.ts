import { isMap, listAt, mapAt, stringAt, type JsonMap } from '../json.ts';
import { supportedFormat } from '../schema/formats.ts';
import { visitSchemas } from './structural-schema.ts';

/** The formats in a CRD's schemas that Kubernetes does not mind, each once. */
export function unrecognizedFormats(crd: JsonMap): string[] {
  const found = new Set<string>();
  for (const version of listAt(mapAt(crd, 'spec'), 'versions')) {
    const validation = mapAt(isMap(version) ? version : undefined, 'schema');
    const schema = mapAt(validation, 'openAPIV3Schema');
    if (schema === undefined) continue;
    visitSchemas(schema, (part) => {
      const format = stringAt(part, 'format') ?? '';
      const type = stringAt(part, 'type') ?? '';
      const isKnown = supportedFormat(format, type === '' ? [] : [type]) !== '';
      if (format !== '' && !isKnown) found.add(format);
    });
  }
  return [...found];
}
