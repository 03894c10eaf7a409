// @vitest-environment node
import { describe, expect, it } from 'vitest';
import tokens from './tokens.css?raw';

const light = themeOf(/:root \{([^}]*)\}/);
const dark = { ...light, ...themeOf(/\[data-theme='dark'\] \{([^}]*)\}/) };

function themeOf(block: RegExp): Record<string, string> {
  const text = block.exec(tokens)?.[1] ?? '';
  return Object.fromEntries(
    [...text.matchAll(/--([\w-]+): (#[0-9a-f]+);/g)].map((match) => [match[1], match[2]]),
  ) as Record<string, string>;
}

/** Relative luminance, WCAG 2.2. */
function luminance(color: string): number {
  const digits = color.slice(1);
  const whole = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits;
  const [r = 0, g = 0, b = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(whole.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

/** What is written on what. */
const texts: Record<string, readonly string[]> = {
  ink: ['surface', 'bg', 'sunken', 'sel', 'hover', 'flash', 'ok-soft', 'warn-soft', 'bad-soft'],
  'ink-2': ['surface', 'bg', 'sunken', 'sel', 'hover', 'flash'],
  'ink-3': ['surface', 'bg', 'sunken', 'hover', 'sel'],
  accent: ['surface', 'sel', 'bg'],
  'on-accent': ['accent'],
  ok: ['surface', 'hover', 'sel', 'ok-soft'],
  warn: ['surface', 'hover', 'sel', 'warn-soft'],
  bad: ['surface', 'hover', 'sel', 'bad-soft', 'bg'],
  life: ['surface', 'add'],
  gone: ['surface', 'del'],
  cond: ['surface'],
};
const marks = ['spec', 'cond', 'status', 'meta', 'life', 'gone', 'beat', 'accent'];

for (const [name, theme] of Object.entries({ light, dark })) {
  const color = (token: string) => {
    const value = theme[token];
    if (value === undefined) throw new Error(`--${token} has no colour in the ${name} theme`);
    return value;
  };
  describe(`the ${name} theme`, () => {
    for (const [text, grounds] of Object.entries(texts)) {
      for (const ground of grounds) {
        it(`writes --${text} on --${ground} with a contrast of at least 4.5`, () => {
          expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
        });
      }
    }
    for (const mark of marks) {
      it(`draws --${mark} with a contrast of at least 3`, () => {
        expect(contrast(color(mark), color('surface'))).toBeGreaterThanOrEqual(3);
      });
    }
  });
}
