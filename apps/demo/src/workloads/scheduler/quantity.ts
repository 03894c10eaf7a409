import { isJsonNumber, numberText, type JsonValue } from '@kindscope/kube';

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const pattern = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/** `250m` → 0.25, `64Mi` → 67108864 (apimachinery pkg/api/resource); 0 where it is no quantity. */
export function quantity(value: JsonValue | undefined): number {
  const text = isJsonNumber(value) ? numberText(value) : value;
  const [, number = '0', suffix = ''] = pattern.exec(typeof text === 'string' ? text : '') ?? [];
  return Number(number) * (factors[suffix] ?? 1);
}
