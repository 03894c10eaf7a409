import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPinFile, stateFolder } from './pin-store.ts';

const rollouts = { group: 'argoproj.io', version: 'v1alpha1', resource: 'rollouts' };
const pods = { group: '', version: 'v1', resource: 'pods' };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kindscope-pins-'));
  file = path.join(folder, 'deep/pins.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the file of pins', () => {
  it('gives back what was saved, of this cluster, and is nobody else’s to read', () => {
    const store = createPinFile(file, 'one');
    expect(store.load()).toEqual([]);
    expect(store.save([rollouts, pods])).toBeUndefined();
    createPinFile(file, 'two').save([pods]);
    expect(createPinFile(file, 'one').load()).toEqual([rollouts, pods]);
    expect(createPinFile(file, 'two').load()).toEqual([pods]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['', 'nonsense', 'null', '[1]', '{"one":"x"}'])('counts %j for empty', (text) => {
    createPinFile(file, 'one').save([]);
    writeFileSync(file, text);
    expect(createPinFile(file, 'one').load()).toEqual([]);
  });

  it('leaves out what names no resource', () => {
    createPinFile(file, 'one').save([]);
    const pins = [7, 'a/b', 'a/b/c/d', '../v1/pods', '/v1/../x', '/v1/pods'];
    writeFileSync(file, JSON.stringify({ one: pins }));
    expect(createPinFile(file, 'one').load()).toEqual([pods]);
  });

  it('says what went wrong when it cannot be written, and keeps what was there', () => {
    createPinFile(file, 'one').save([pods]);
    const before = readFileSync(file, 'utf8');
    const blocked = path.join(file, 'not-a-folder/pins.json');
    expect(createPinFile(blocked, 'one').save([pods])).toBeInstanceOf(Error);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});

describe('the folder of what outlives the process', () => {
  it.each([
    [{ XDG_STATE_HOME: '/state' }, '/state/kindscope'],
    [{ XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/kindscope'],
    [{}, '/home/me/.local/state/kindscope'],
  ])('by %j', (env, expected) => {
    expect(stateFolder(env, '/home/me')).toBe(expected);
  });
});
