import { load } from 'js-yaml';
import { beforeAll, expect, it } from 'vitest';
import { isMap, listAt, mapAt, parseJson, type JsonMap } from '../json.ts';
import type { ContractClient, ContractRequest, ContractResponse } from './contract-client.ts';
import {
  createNamespace,
  GROUP,
  installCrd,
  metadataOf,
  versionOf,
  widgetCrd,
} from './contract-fixtures.ts';

function partOf(form: string, version = 'v1'): string {
  return `application/json;as=${form};v=${version};g=meta.k8s.io`;
}

/** How answers are written: forms, media types, for people and for programs. */
export function renderingContract(connect: () => ContractClient): void {
  let path = '';
  let configMaps = '';

  beforeAll(async () => {
    const columns = [
      { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
      { name: 'Part', type: 'string', jsonPath: '.spec.parts[0]' },
    ];
    await installCrd(connect(), widgetCrd({ plural: 'gauges', kind: 'Gauge', columns }));
    const namespace = await createNamespace(connect());
    path = `/apis/${GROUP}/v1/namespaces/${namespace}/gauges`;
    configMaps = `/api/v1/namespaces/${namespace}/configmaps`;
    const gauge = { apiVersion: `${GROUP}/v1`, kind: 'Gauge', metadata: { name: 'one' } };
    await connect().request('POST', path, {
      body: { ...gauge, spec: { size: 1, parts: [{ name: 'hand', count: 2 }] } },
    });
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' } };
    const data = { text: 'a "{[,:]}" \\\n text\\', empty: '' };
    await connect().request('POST', configMaps, { body: { ...configMap, data } });
  });

  const ask = (at: string, request: ContractRequest = {}): Promise<ContractResponse> =>
    connect().request('GET', at, request);

  /** Between two lists, somebody else may have written something. */
  const unversioned = (text: string): string =>
    text.replaceAll(/("resourceVersion": ?)"\d+"/g, '$1""');

  it.each([
    ['pretty=true', 'program/1', true],
    ['pretty=1', 'program/1', true],
    ['pretty=false', 'curl/8.5', false],
    ['pretty=yes', 'curl/8.5', false],
    ['pretty=', 'program/1', false],
    ['', 'curl/8.5', true],
    ['', 'Wget/1.21', true],
    ['', 'Mozilla/5.0 (X11)', true],
    ['', 'program/1', false],
  ])('indents with "%s" for %s: %j', async (query, userAgent, pretty) => {
    for (const at of [path, `${path}/one`, configMaps, `${configMaps}/one`, `${path}/none`]) {
      const { text } = await ask(`${at}?${query}`, { userAgent });
      const compact = await ask(at);
      // Two blanks a level, as JSON.stringify writes it too, and no newline at the end.
      const wanted = pretty ? JSON.stringify(JSON.parse(compact.text), undefined, 2) : compact.text;
      expect(unversioned(text)).toBe(unversioned(wanted));
    }
  });

  it('indents where the media type asks for it', async () => {
    const { text } = await ask(path, { accept: 'application/json;pretty=1' });
    expect(text).toMatch(/^\{\n {2}"/);
  });

  it('never indents a watch', async () => {
    const { text } = await ask(`${path}?watch=1&timeoutSeconds=1&pretty=true`);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('writes YAML when asked, errors too', async () => {
    for (const at of [path, `${path}/one`, `${configMaps}/one`, `${configMaps}/none`]) {
      const yaml = await ask(at, { accept: 'application/yaml' });
      const json = await ask(at);
      expect([yaml.status, yaml.headers['content-type']]).toEqual([
        json.status,
        'application/yaml',
      ]);
      expect(load(yaml.text)).toEqual(JSON.parse(json.text));
    }
  });

  it('does not watch in YAML', async () => {
    const { status, text } = await ask(`${configMaps}?watch=1`, { accept: 'application/yaml' });
    expect([status, load(text)]).toMatchObject([406, { reason: 'NotAcceptable' }]);
    expect(text).toContain('application/json;stream=watch');
  });

  it.each([
    'text/html',
    partOf('Table', 'v2'),
    partOf('Else'),
    'application/json;as=Table',
    'application/json;stream=other',
  ])('answers 406, for people, to Accept: %s', async (accept) => {
    const { status, text, body } = await ask(path, { accept });
    expect([status, body['reason']]).toEqual([406, 'NotAcceptable']);
    expect(body['message']).toContain(
      'only the following media types are accepted: application/json, application/yaml',
    );
    expect(text).toMatch(/^\{\n {2}"kind": "Status",\n/);
  });

  it.each(['text/html', 'application/*'])(
    'answers 406 to Accept: %s for its own kinds before it looks at the rest',
    async (accept) => {
      const { status, body } = await ask(`${configMaps}?limit=x`, { accept });
      expect([status, body['details']]).toEqual([406, {}]);
      expect(body['message']).toMatch(
        /^406: Not Acceptable\n\nAvailable representations: application\/json, application\/yaml/,
      );
    },
  );

  it.each([
    [`${partOf('Table', 'v2')},application/json`, 'GaugeList'],
    [`text/html,*/*`, 'GaugeList'],
    [`application/json;q=0.1,${partOf('Table')}`, 'Table'],
    ['application/*', 'GaugeList'],
  ])('takes of Accept: %s what it can: %s', async (accept, kind) => {
    expect((await ask(path, { accept })).body['kind']).toBe(kind);
  });

  it('tells errors to people when what is accepted has no room for them', async () => {
    const { status, text } = await ask(`${path}/none`, { accept: partOf('Table') });
    expect([status, text.slice(0, 4)]).toEqual([404, '{\n  ']);
    const plain = await ask(`${path}/none`, { accept: `${partOf('Table')},application/json` });
    expect(plain.text).toMatch(/^\{"kind":"Status"/);
  });

  it.each(['v1', 'v1beta1'])('writes tables and parts of objects in %s', async (version) => {
    const apiVersion = `meta.k8s.io/${version}`;
    const table = await ask(path, { accept: partOf('Table', version) });
    expect(table.body).toMatchObject({ kind: 'Table', apiVersion });
    expect(listAt(table.body, 'rows')[0]).toMatchObject({
      cells: ['one', 1, '{"count":2,"name":"hand"}'],
      object: { kind: 'PartialObjectMetadata', apiVersion, metadata: { name: 'one' } },
    });
    const list = await ask(path, { accept: partOf('PartialObjectMetadataList', version) });
    expect(list.body).toMatchObject({
      kind: 'PartialObjectMetadataList',
      apiVersion,
      items: [{ kind: 'PartialObjectMetadata', apiVersion, metadata: { name: 'one' } }],
    });
    const one = await ask(`${path}/one`, { accept: partOf('PartialObjectMetadata', version) });
    expect(one.body).toMatchObject({ kind: 'PartialObjectMetadata', apiVersion });
  });

  it.each([partOf('Table'), partOf('PartialObjectMetadataList')])(
    'pages %s like the whole',
    async (accept) => {
      const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'two' } };
      await connect().request('POST', configMaps, { body: configMap });
      const { body } = await ask(`${configMaps}?limit=1`, { accept });
      expect(metadataOf(body)).toMatchObject({
        remainingItemCount: 1,
        continue: expect.stringMatching(/./) as unknown,
      });
      expect(versionOf(body)).toMatch(/^\d+$/);
      await connect().request('DELETE', `${configMaps}/two`);
    },
  );

  it('says null of a list of parts of objects that has none', async () => {
    const none = `${path}?labelSelector=none`;
    const parts = await ask(none, { accept: partOf('PartialObjectMetadataList') });
    expect(parts.body['items']).toBeNull();
    expect((await ask(none, { accept: partOf('Table') })).body['rows']).toEqual([]);
  });

  it('does not confuse an object and a list', async () => {
    const list = await ask(configMaps, { accept: partOf('PartialObjectMetadata') });
    expect([list.status, list.body['message']]).toEqual([
      406,
      'you requested PartialObjectMetadata, but the requested object is a list (*core.ConfigMapList)',
    ]);
    const one = await ask(`${configMaps}/one`, { accept: partOf('PartialObjectMetadataList') });
    expect([one.status, one.body['message']]).toEqual([
      406,
      'you requested PartialObjectMetadataList, but the requested object is not a list (*core.ConfigMap)',
    ]);
  });

  it('looks at includeObject in tables alone', async () => {
    const bad = `${path}?includeObject=Some`;
    expect((await ask(bad)).status).toBe(200);
    const { status, body } = await ask(bad, { accept: partOf('Table') });
    expect([status, body['reason'], body['message']]).toEqual([
      400,
      'BadRequest',
      `Unable to convert to Table as requested: includeObject: Invalid value: "Some": must be 'Metadata', 'Object', 'None', or empty`,
    ]);
  });

  it.each(['Table', 'PartialObjectMetadata'])('marks the end of a streamed %s', async (form) => {
    const query = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
    const watch = await connect().watch(
      `${path}?watch=1&${query}&allowWatchBookmarks=true`,
      partOf(form, 'v1beta1'),
    );
    const added = await watch.next();
    expect([added.type, added.object['apiVersion']]).toEqual(['ADDED', 'meta.k8s.io/v1beta1']);
    const { type, object } = await watch.next();
    watch.close();
    expect([type, object['kind'], object['apiVersion']]).toEqual([
      'BOOKMARK',
      form,
      'meta.k8s.io/v1beta1',
    ]);
    const [row] = listAt(object, 'rows');
    const marked = form === 'Table' ? (isMap(row) ? mapAt(row, 'object') : undefined) : object;
    expect(mapAt(metadataOf(marked ?? {}), 'annotations')).toEqual({
      'k8s.io/initial-events-end': 'true',
    });
  });

  it.each([
    ['gzip', 'gzip'],
    ['deflate, gzip, br', 'gzip'],
    ['gzip;q=1.0', undefined],
    ['*', undefined],
  ])('compresses for Accept-Encoding "%s": %s', async (acceptEncoding, encoding) => {
    const large: JsonMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'large' },
      data: { text: 'x'.repeat(140_000) },
    };
    await connect().request('POST', configMaps, { body: large });
    for (const at of [configMaps, `${configMaps}/large`]) {
      const { headers } = await ask(at, { acceptEncoding });
      expect(headers['content-encoding']).toBe(encoding);
    }
    const small = await ask(`${configMaps}/one`, { acceptEncoding });
    expect(small.headers['content-encoding']).toBeUndefined();
    await connect().request('DELETE', `${configMaps}/large`);
  });

  it('[I29] keeps the digits of numbers in whatever it writes', async () => {
    const digits = '9007199254740993';
    const body = `{"apiVersion":"${GROUP}/v1","kind":"Gauge","metadata":{"name":"exact"},"spec":{"size":${digits}}}`;
    await connect().request('POST', path, { body });
    const pretty = await ask(`${path}/exact?pretty=true`);
    expect(pretty.text).toContain(`"size": ${digits}`);
    const yaml = await ask(`${path}/exact`, { accept: 'application/yaml' });
    expect(yaml.text).toContain(`size: ${digits}\n`);
    const table = await ask(`${path}/exact`, { accept: partOf('Table') });
    expect(table.text).toContain(`["exact",${digits},null]`);
    expect(isMap(parseJson(table.text))).toBe(true);
    await connect().request('DELETE', `${path}/exact`);
  });
}
