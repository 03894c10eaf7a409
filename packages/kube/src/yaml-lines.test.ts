import * as fc from 'fast-check';
import { CORE_SCHEMA, load, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parseJson } from './lossless-json.ts';
import { jsonValues, texts } from './testing/arbitrary.ts';
import { toYaml, yamlLines } from './yaml-lines.ts';
import { yamlScalar } from './yaml-scalar.ts';

describe('toYaml', () => {
  it('writes objects as kubectl does: customary order, lists at the column of their key', () => {
    const object = parseJson(`{
      "status": {"phase": "Running"},
      "spec": {"containers": [{"name": "web", "args": ["-v", "8080"], "env": []}], "x": {}},
      "metadata": {"managedFields": [], "labels": {"app": "web"}, "name": "web-1"},
      "kind": "Pod", "apiVersion": "v1"}`);
    expect(toYaml(object)).toBe(`apiVersion: v1
kind: Pod
metadata:
  name: web-1
  labels:
    app: web
  managedFields: []
spec:
  containers:
  - name: web
    args:
    - -v
    - '8080'
    env: []
  x: {}
status:
  phase: Running
`);
  });

  it('writes text of several lines as a block', () => {
    expect(toYaml({ a: 'one\n  two\n', b: ['x\ny'], c: 'z\n\n' })).toBe(
      'a: |\n  one\n    two\nb:\n- |-\n  x\n  y\nc: |+\n  z\n\n',
    );
  });

  it('[I29] writes every digit as the server wrote it', () => {
    const text = '{"a":1795351674012986412,"b":0.10,"c":[1e400,1.0,-0]}';
    expect(toYaml(parseJson(text))).toBe(
      'a: 1795351674012986412\nb: 0.10\nc:\n- 1e400\n- 1.0\n- -0\n',
    );
  });

  it('is read as the same value by YAML 1.2 and by YAML 1.1', () => {
    fc.assert(
      fc.property(jsonValues, (value) => {
        const yaml = toYaml(value);
        expect(load(yaml, { schema: CORE_SCHEMA })).toEqual(value);
        // The letter of YAML 1.1 wants a dot in 1e+21; go-yaml does not, and digits stay as they are.
        const numbers = yamlLines(value).flatMap(({ tokens }) =>
          tokens.filter(({ kind }) => kind === 'number'),
        );
        const exponent = numbers.some(({ text }) => text.includes('e'));
        expect(exponent ? value : load(yaml, { schema: YAML11_SCHEMA })).toEqual(value);
      }),
      { numRuns: 400 },
    );
  });
});

describe('yamlScalar', () => {
  it('quotes what YAML would read as something else, and nothing more', () => {
    const plain = [
      'web',
      '1.25.3',
      'nginx:1.25',
      'a#b',
      '10.0.0.1',
      '5e7d8f',
      '-v',
      'a b',
      '/x?y=z',
      'nO',
      "it's",
    ];
    expect(plain.map(yamlScalar)).toEqual(plain);
    const quoted = [
      '',
      'yes',
      'NO',
      '~',
      '1',
      '08',
      '1_0',
      '0x1F',
      '1e3',
      '.5',
      '12:30',
      '2024-01-01',
      'a: b',
      'a #b',
      '- a',
      '*',
      '@x',
    ];
    expect(quoted.map(yamlScalar)).toEqual(quoted.map((text) => `'${text}'`));
  });

  it('quotes only where plain text would be read as another value', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const scalar = yamlScalar(text);
        expect(load(`a: ${scalar}`, { schema: YAML11_SCHEMA })).toEqual({ a: text });
        expect(load(`- ${scalar}`, { schema: CORE_SCHEMA })).toEqual([text]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('yamlLines', () => {
  it('gives each line the path of its field, as a diff would name it', () => {
    const lines = yamlLines({
      spec: { containers: [{ name: 'web', note: 'a\nb' }], args: ['-v'] },
    });
    expect(lines.map(({ path, indent }) => `${indent} ${path}`)).toEqual([
      '0 spec',
      '2 spec.containers',
      '2 spec.containers[name=web].name',
      '4 spec.containers[name=web].note',
      '6 spec.containers[name=web].note',
      '6 spec.containers[name=web].note',
      '2 spec.args',
      '2 spec.args[0]',
    ]);
  });

  it('tells keys, values and punctuation apart', () => {
    expect(
      yamlLines({ a: [{ b: 1, c: true, d: null, e: 'x' }] }).map(({ tokens }) => tokens),
    ).toEqual([
      [
        { kind: 'key', text: 'a' },
        { kind: 'punctuation', text: ':' },
      ],
      [
        { kind: 'punctuation', text: '- ' },
        { kind: 'key', text: 'b' },
        { kind: 'punctuation', text: ':' },
        { kind: 'punctuation', text: ' ' },
        { kind: 'number', text: '1' },
      ],
      [
        { kind: 'key', text: 'c' },
        { kind: 'punctuation', text: ':' },
        { kind: 'punctuation', text: ' ' },
        { kind: 'boolean', text: 'true' },
      ],
      [
        { kind: 'key', text: 'd' },
        { kind: 'punctuation', text: ':' },
        { kind: 'punctuation', text: ' ' },
        { kind: 'null', text: 'null' },
      ],
      [
        { kind: 'key', text: 'e' },
        { kind: 'punctuation', text: ':' },
        { kind: 'punctuation', text: ' ' },
        { kind: 'string', text: 'x' },
      ],
    ]);
  });
});
