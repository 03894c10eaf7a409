import * as fc from 'fast-check';
import type { JsonObject, JsonValue } from '../json.ts';

/** Texts that trip readers of YAML, JSON and paths, beside any other. */
const awkward = fc.constantFrom(
  '',
  ' ',
  '-',
  '~',
  '=',
  '<<',
  'null',
  'Yes',
  'off',
  'y',
  '0x1F',
  '0o17',
  '017',
  '08',
  '1_000',
  '_1',
  '-_1',
  '1e3',
  '1.25.3',
  '.5',
  '.inf',
  '-.INF',
  '.NaN',
  '12:30:45',
  '2024-01-01',
  '2024-01-01T00:00:00Z',
  'a: b',
  'a:',
  'a #b',
  '# a',
  '- a',
  '? a',
  '!tag',
  '&anchor',
  '*alias',
  '%a',
  '@a',
  '`a`',
  '---',
  "it's",
  '"quoted"',
  "'",
  'a\nb',
  'a\n\nb\n',
  'a\nb\n\n\n',
  '\na',
  ' a\nb',
  'a\n  b\n c',
  'a \nb',
  'a\n ',
  'a\tb\n\tc\n',
  'a\r\nb',
  '\u0085',
  '\u2028',
  '\uFEFFa',
  'key=value',
  'a,b',
  'a]b',
  'a.b/c',
  '__proto__',
  'constructor',
  'toString',
);
/** Any text at all: control characters and halves of characters, too. */
export const anyText = fc.string({
  unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  maxLength: 20,
});
export const texts = fc.oneof(awkward, anyText, fc.string());

/** Any JSON that `JSON.parse` can give, but for minus zero, which parseJson keeps as text. */
export const jsonValues: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts,
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (n === 0 ? 0 : n)),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 5 }).map(plain),
  ),
})).value;

/** Objects made as `JSON.parse` makes them. */
function plain(object: Record<string, JsonValue>): JsonObject {
  return Object.fromEntries(Object.entries(object));
}

const containers = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('web', 'log', 'db', 'a,b', "it's"),
      image: fc.constantFrom('nginx:1', 'nginx:2'),
      ports: fc.uniqueArray(
        fc.record({
          containerPort: fc.constantFrom(80, 443),
          protocol: fc.constantFrom('TCP', 'UDP'),
        }),
        { selector: (port) => `${port.containerPort}/${port.protocol}`, maxLength: 4 },
      ),
      args: fc.array(fc.constantFrom('-v', '-x', '--log'), { maxLength: 4 }),
    }),
    { selector: (container) => container.name, maxLength: 5 },
  )
  .map((list) => list as readonly JsonValue[]);

/** Objects whose lists have keys, as the Kubernetes API's do. */
export const keyedObjects: fc.Arbitrary<JsonObject> = fc.record({
  metadata: fc.record({
    labels: fc.dictionary(fc.constantFrom('app', 'app.kubernetes.io/name', 'a b'), fc.string()),
    finalizers: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
  }),
  spec: fc.record({ replicas: fc.nat(3), containers }, { requiredKeys: [] }),
});
