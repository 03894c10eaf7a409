import { writeFileSync } from 'node:fs';
import https from 'node:https';
import { startControlPlane } from '../../../e2e/cluster/index.ts';
import { isMap, mapAt, stringAt, type Json, type JsonMap } from '../src/json.ts';
import { BUILT_IN_TYPES } from '../src/resources/built-ins.ts';

// Writes src/openapi/definitions.jsonl anew: what a real kube-apiserver says that its own kinds look
// like, cut down to those that this package serves. Run it when the Kubernetes version is raised:
//   pnpm --filter @kindscope/fake-apiserver run record-openapi

const TARGET = new URL('../src/openapi/definitions.jsonl', import.meta.url);
const REFS = '#/components/schemas/';

/** Kinds that are served below other resources alone, or not stored at all. */
const OTHER_KINDS = new Set([
  'autoscaling/v1/Scale',
  'policy/v1/Eviction',
  '/v1/Binding',
  '/v1/Status',
]);

interface Source {
  readonly version: string;
  get(path: string): Promise<JsonMap>;
}

async function definitionsOf(source: Source): Promise<Map<string, JsonMap>> {
  const all = new Map<string, JsonMap>();
  for (const groupVersion of groupVersions()) {
    const document = await source.get(`/openapi/v3/${groupVersion}`);
    const schemas = mapAt(mapAt(document, 'components'), 'schemas') ?? {};
    for (const [name, schema] of Object.entries(schemas)) if (isMap(schema)) all.set(name, schema);
  }
  const wanted = new Set([...all].filter(([, schema]) => isServed(schema)).map(([name]) => name));
  for (const name of wanted) for (const next of refsIn(all.get(name))) wanted.add(next);
  const found = [...all].filter(([name]) => wanted.has(name));
  return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function groupVersions(): Set<string> {
  const found = new Set(['apis/autoscaling/v1', 'apis/policy/v1']);
  for (const { group, versions } of BUILT_IN_TYPES) {
    for (const { version } of versions) {
      found.add(group === '' ? `api/${version}` : `apis/${group}/${version}`);
    }
  }
  return found;
}

function isServed(schema: JsonMap): boolean {
  const kinds = schema['x-kubernetes-group-version-kind'];
  if (!Array.isArray(kinds)) return false;
  return kinds.some((item) => {
    const named = isMap(item) ? item : {};
    const [group = '', version = '', kind = ''] = ['group', 'version', 'kind'].map(
      (key) => stringAt(named, key) ?? '',
    );
    if (OTHER_KINDS.has(`${group}/${version}/${kind}`)) return true;
    return BUILT_IN_TYPES.some(
      (type) =>
        type.group === group &&
        (type.kind === kind || type.listKind === kind) &&
        type.versions.some((served) => served.version === version),
    );
  });
}

function* refsIn(value: Json | undefined): Iterable<string> {
  if (Array.isArray(value)) for (const item of value) yield* refsIn(item);
  if (!isMap(value)) return;
  const ref = value['$ref'];
  if (typeof ref === 'string') yield ref.slice(REFS.length);
  for (const item of Object.values(value)) yield* refsIn(item);
}

function write(version: string, definitions: ReadonlyMap<string, JsonMap>): void {
  const head = {
    source: 'components.schemas of the documents below /openapi/v3 of kube-apiserver',
    version,
    copyright: 'The Kubernetes Authors',
    license: 'Apache-2.0',
  };
  const lines = [...definitions].map(([name, schema]) => JSON.stringify({ name, schema }));
  writeFileSync(TARGET, `${[JSON.stringify(head), ...lines].join('\n')}\n`);
}

const plane = await startControlPlane({ bare: true });
try {
  const get = (path: string): Promise<JsonMap> =>
    new Promise((resolve, reject) => {
      // The control plane was started a moment ago, on loopback, by ourselves.
      const options = {
        headers: { authorization: `Bearer ${plane.token}` },
        rejectUnauthorized: false,
      };
      const request = https.get(new URL(path, plane.server), options, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          resolve(JSON.parse(text) as JsonMap);
        });
      });
      request.on('error', reject);
    });
  const version = stringAt(await get('/version'), 'gitVersion') ?? '';
  write(version, await definitionsOf({ version, get }));
} finally {
  await plane.stop();
}
