/** Everything random here comes from one seed, so that a run can be repeated. */
export interface Random {
  /** A whole number in [0, below). */
  below(below: number): number;
  uid(): string;
  /** The five characters that `generateName` appends. */
  nameSuffix(): string;
}

/** apimachinery's util/rand alphabet: no vowels and no look-alikes, so no words. */
const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** mulberry32: small, fast and good enough for names. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  function below(limit: number): number {
    return Math.floor((next() / 2 ** 32) * limit);
  }

  function hex(digits: number): string {
    let text = '';
    for (let index = 0; index < digits; index += 1) text += below(16).toString(16);
    return text;
  }

  return {
    below,
    uid() {
      const variant = (8 + below(4)).toString(16);
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
    },
    nameSuffix() {
      let text = '';
      for (let index = 0; index < 5; index += 1) {
        text += SUFFIX_ALPHABET[below(SUFFIX_ALPHABET.length)] ?? '';
      }
      return text;
    },
  };
}
