import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const web = path.join(import.meta.dirname, '../apps/web');
const read = (file: string): string => readFileSync(path.join(web, file), 'utf8');

/** Layers count in the order in which they are first named: whatever style is loaded first would decide it. */
describe("the page's cascade layers", () => {
  const order = /@layer ([\w, ]+);/.exec(read('public/layers.css'))?.[1]?.split(', ') ?? [];

  it('are declared by the first style of the page', () => {
    const page = read('index.html');
    const links = page.matchAll(/<link rel="stylesheet" href="([^"]+)"/g);
    expect([...links].map(([, href]) => href)).toEqual(['/layers.css']);
    expect(page.indexOf('/layers.css')).toBeLessThan(page.indexOf('<script'));
  });

  it('are the ones that the styles use', () => {
    const styles = globSync('src/**/*.css', { cwd: web }).map(read);
    const used = styles.flatMap((text) =>
      [...text.matchAll(/@layer ([\w, ]+?)\s*[{;]/g)].map(([, layer]) => layer),
    );
    expect(used.length).toBeGreaterThan(20);
    expect(new Set(used)).toEqual(new Set(order));
  });
});
