import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gvrKey } from '@kindscope/kube';
import type { ResourceRef } from '@kindscope/protocol';
import { isName } from '../catalog/kubernetes-name.ts';

/** Where pins outlive the process. Each tells what went wrong. */
export interface PinStore {
  load(): { readonly pins: readonly ResourceRef[]; readonly error?: Error };
  add(pin: ResourceRef): Error | undefined;
  remove(pin: ResourceRef): Error | undefined;
}

/** Pins that end with the process: a demo cluster is another one each time. */
export const forgetfulPins: PinStore = {
  load: () => ({ pins: [] }),
  add: () => undefined,
  remove: () => undefined,
};

/**
 * Where a program keeps what should outlive it (XDG Base Directory Specification). `home` throws
 * where there is none, as for a user of a container whom nobody knows.
 */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>>,
  home: () => string,
): string {
  const { XDG_STATE_HOME: state = '' } = env;
  // A relative path is to be ignored, says the specification.
  return path.join(path.isAbsolute(state) ? state : path.join(home(), '.local/state'), 'kindscope');
}

/** More than any number of clusters needs. */
const largestFile = 1024 * 1024;

/**
 * Pins in a file of JSON, by cluster: `{"CLUSTER": ["argoproj.io/v1alpha1/rollouts"]}`. Entries that
 * name no resource are left out. It is read anew for every change of it: what another process pinned
 * meanwhile stays (unless in the very same moment: the last one wins). A file that cannot be read as
 * that is never written.
 */
export function createPinFile(file: string, cluster: string): PinStore {
  function change(edit: (pins: readonly ResourceRef[]) => readonly ResourceRef[]) {
    return attempt(() => {
      const stored = read(file);
      const pins = edit(pinsOf(stored, cluster)).map(gvrName);
      write(file, `${JSON.stringify({ ...stored, [cluster]: pins }, null, 2)}\n`);
    });
  }

  return {
    load() {
      let pins: readonly ResourceRef[] = [];
      const error = attempt(() => {
        pins = pinsOf(read(file), cluster);
      });
      return { pins, ...(error !== undefined && { error }) };
    },
    add: (pin) => change((pins) => [...without(pins, pin), pin]),
    remove: (pin) => change((pins) => without(pins, pin)),
  };
}

function attempt(action: () => void): Error | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function read(file: string): Readonly<Record<string, unknown>> {
  const about = statSync(file, { throwIfNoEntry: false });
  if (about === undefined) return {};
  // To open what is no file, a pipe say, may never end.
  if (!about.isFile()) throw new Error(`${file} is not a file.`);
  if (about.size > largestFile)
    throw new Error(`${file} is larger than 1 MiB: it is not a file of pins.`);
  const text = readFileSync(file, 'utf8');
  const stored: unknown = text.trim() === '' ? {} : parse(file, text);
  if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) return { ...stored };
  throw new Error(`${file} is not a file of pins: it should hold a JSON object.`);
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is not JSON: repair it, or remove it.`, { cause });
  }
}

/** Whole or not at all: a crash in the middle must not cost the others' pins. A link stays one. */
function write(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const target =
    statSync(file, { throwIfNoEntry: false }) === undefined ? file : realpathSync(file);
  const fresh = `${target}.${randomUUID()}`;
  try {
    writeFileSync(fresh, text, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

function pinsOf(stored: Readonly<Record<string, unknown>>, cluster: string): ResourceRef[] {
  const pins = stored[cluster];
  return (Array.isArray(pins) ? pins : []).flatMap((pin) => readPin(pin) ?? []);
}

function without(pins: readonly ResourceRef[], gone: ResourceRef): ResourceRef[] {
  return pins.filter((pin) => gvrKey(pin) !== gvrKey(gone));
}

function gvrName({ group, version, resource }: ResourceRef): string {
  return `${group}/${version}/${resource}`;
}

function readPin(pin: unknown): ResourceRef | undefined {
  const [group, version, resource, ...rest] = typeof pin === 'string' ? pin.split('/') : [];
  if (group === undefined || version === undefined || resource === undefined) return undefined;
  const named = (group === '' || isName(group)) && isName(version) && isName(resource);
  return named && rest.length === 0 ? { group, version, resource } : undefined;
}
