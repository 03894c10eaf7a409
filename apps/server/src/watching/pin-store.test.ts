import { execFileSync } from 'node:child_process';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
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
  const load = (cluster = 'one') => createPinFile(file, cluster).load();
  const leftovers = () => readdirSync(path.dirname(file));

  it('gives back what was pinned, of this cluster, and is nobody else’s to read', () => {
    const store = createPinFile(file, 'one');
    expect(store.load()).toEqual({ pins: [] });
    expect([store.add(rollouts), store.add(pods), store.add(rollouts)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    createPinFile(file, 'two').add(pods);
    expect(load()).toEqual({ pins: [pods, rollouts] });
    expect(load('two')).toEqual({ pins: [pods] });
    expect(store.remove(pods)).toBeUndefined();
    expect([load(), load('two')]).toEqual([{ pins: [rollouts] }, { pins: [pods] }]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(leftovers()).toEqual(['pins.json']);
  });

  it('keeps what another process pinned meanwhile', () => {
    const [mine, theirs] = [createPinFile(file, 'one'), createPinFile(file, 'one')];
    mine.load();
    theirs.load();
    mine.add(pods);
    theirs.add(rollouts);
    mine.remove(pods);
    expect(load()).toEqual({ pins: [rollouts] });
  });

  it.each(['__proto__', 'constructor'])('has no pins of a cluster that is named %s', (cluster) => {
    expect(load(cluster)).toEqual({ pins: [] });
    createPinFile(file, cluster).add(pods);
    expect(load(cluster)).toEqual({ pins: [pods] });
    expect(load()).toEqual({ pins: [] });
  });

  it.each(['', ' \n', '{"one":"x"}', '{"one":{"0":"/v1/pods"}}'])('counts %j for empty', (text) => {
    mkdirSync(path.dirname(file));
    writeFileSync(file, text);
    expect(load()).toEqual({ pins: [] });
    expect(createPinFile(file, 'one').add(pods)).toBeUndefined();
    expect(load()).toEqual({ pins: [pods] });
  });

  it.each(['nonsense', '{"two": ["/v1/pods"],}', 'null', '[1]', '7', ' '.repeat(2 ** 20 + 1)])(
    'is left as it is where it is none: %.20j',
    (text) => {
      mkdirSync(path.dirname(file));
      writeFileSync(file, text);
      expect(load()).toEqual({ pins: [], error: expect.any(Error) });
      expect(createPinFile(file, 'one').add(pods)?.message).toContain(file);
      expect(readFileSync(file, 'utf8')).toBe(text);
      expect(leftovers()).toEqual(['pins.json']);
    },
  );

  it('leaves out what names no resource', () => {
    mkdirSync(path.dirname(file));
    const pins = [7, 'a/b', 'a/b/c/d', '../v1/pods', '/v1/../x', '/v1/pods'];
    writeFileSync(file, JSON.stringify({ one: pins }));
    expect(load()).toEqual({ pins: [pods] });
  });

  it('stays a link where it is one, and what it leads to is written', () => {
    mkdirSync(path.dirname(file));
    const target = path.join(folder, 'elsewhere.json');
    writeFileSync(target, '{"two": ["/v1/pods"]}');
    symlinkSync(target, file);
    createPinFile(file, 'one').add(pods);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toEqual({
      one: ['/v1/pods'],
      two: ['/v1/pods'],
    });
  });

  it('is not waited for where it is a pipe, and not replaced where it is a folder', () => {
    mkdirSync(path.dirname(file));
    execFileSync('mkfifo', [file]);
    expect(load()).toEqual({ pins: [], error: expect.any(Error) });
    expect(createPinFile(file, 'one').add(pods)).toBeInstanceOf(Error);
    rmSync(file);
    mkdirSync(file);
    expect(createPinFile(file, 'one').add(pods)).toBeInstanceOf(Error);
    expect(leftovers()).toEqual(['pins.json']);
  });

  it('says what went wrong when it cannot be written', () => {
    createPinFile(file, 'one').add(pods);
    const blocked = path.join(file, 'not-a-folder/pins.json');
    expect(createPinFile(blocked, 'one').add(pods)).toBeInstanceOf(Error);
    expect(load()).toEqual({ pins: [pods] });
  });
});

describe('the folder of what outlives the process', () => {
  it.each([
    [{ XDG_STATE_HOME: '/state' }, '/state/kindscope'],
    [{ XDG_STATE_HOME: 'relative' }, '/home/me/.local/state/kindscope'],
    [{}, '/home/me/.local/state/kindscope'],
  ])('by %j', (env, expected) => {
    expect(stateFolder(env, () => '/home/me')).toBe(expected);
  });

  it('needs no home where it is named', () => {
    const home = () => {
      throw new Error('there is none');
    };
    expect(stateFolder({ XDG_STATE_HOME: '/state' }, home)).toBe('/state/kindscope');
    expect(() => stateFolder({}, home)).toThrow('there is none');
  });
});
