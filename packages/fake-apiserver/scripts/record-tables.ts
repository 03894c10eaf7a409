import { writeFileSync } from 'node:fs';
import https from 'node:https';
import { startControlPlane } from '../../../e2e/cluster/index.ts';
import { listAt, type JsonMap } from '../src/json.ts';
import { BUILT_IN_TYPES } from '../src/resources/built-ins.ts';

// Writes src/read/tables/columns.json anew: the columns of the tables of Kubernetes' own kinds, as a
// real kube-apiserver defines them. Run it when the Kubernetes version is raised or a kind is added:
//   pnpm --filter @kindscope/fake-apiserver run record-tables

const TARGET = new URL('../src/read/tables/columns.json', import.meta.url);
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

function get(url: URL, token: string): Promise<JsonMap> {
  return new Promise((resolve, reject) => {
    // The control plane was started a moment ago, on loopback, by ourselves.
    const headers = { authorization: `Bearer ${token}`, accept: TABLE };
    const request = https.get(url, { headers, rejectUnauthorized: false }, (response) => {
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
}

const plane = await startControlPlane({ bare: true });
try {
  const tables: JsonMap = {};
  for (const { group, resource, verbs, versions } of BUILT_IN_TYPES) {
    if (!verbs.includes('list')) continue;
    const version = versions[0]?.version ?? '';
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const table = await get(new URL(`${root}/${resource}?limit=1`, plane.server), plane.token);
    const name = group === '' ? resource : `${resource}.${group}`;
    tables[name] = listAt(table, 'columnDefinitions');
  }
  writeFileSync(TARGET, `${JSON.stringify(tables, undefined, 2)}\n`);
} finally {
  await plane.stop();
}
