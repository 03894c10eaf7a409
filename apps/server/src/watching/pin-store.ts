import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ResourceRef } from '@kindscope/protocol';
import { isName } from '../catalog/kubernetes-name.ts';

/** Where pins outlive the process. */
export interface PinStore {
  load(): readonly ResourceRef[];
  /** Returns what went wrong. */
  save(pins: readonly ResourceRef[]): Error | undefined;
}

/** Pins that end with the process: a demo cluster is another one each time. */
export const forgetfulPins: PinStore = { load: () => [], save: () => undefined };

/** Where a program keeps what should outlive it (XDG Base Directory Specification). */
export function stateFolder(env: Readonly<Record<string, string | undefined>>, home: string) {
  const { XDG_STATE_HOME: state = '' } = env;
  // A relative path is to be ignored, says the specification.
  return path.join(path.isAbsolute(state) ? state : path.join(home, '.local/state'), 'kindscope');
}

/**
 * Pins in a file of JSON, by cluster: `{"CLUSTER": ["argoproj.io/v1alpha1/rollouts"]}`. A file that
 * cannot be read counts as empty, entries that name no resource are left out; nothing else in the
 * file is lost when it is written. Two processes that pin at the same moment: the last one wins.
 */
export function createPinFile(file: string, cluster: string): PinStore {
  function read(): Readonly<Record<string, unknown>> {
    try {
      const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return typeof stored === 'object' && stored !== null ? { ...stored } : {};
    } catch {
      return {};
    }
  }

  return {
    load() {
      const pins = read()[cluster];
      return (Array.isArray(pins) ? pins : []).flatMap((pin) => readPin(pin) ?? []);
    },
    save(pins) {
      const names = pins.map(({ group, version, resource }) => `${group}/${version}/${resource}`);
      try {
        mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
        // Whole or not at all: a crash in the middle must not cost the others' pins.
        const fresh = `${file}.${process.pid}`;
        writeFileSync(fresh, `${JSON.stringify({ ...read(), [cluster]: names }, null, 2)}\n`, {
          mode: 0o600,
        });
        renameSync(fresh, file);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    },
  };
}

function readPin(pin: unknown): ResourceRef | undefined {
  const [group, version, resource, ...rest] = typeof pin === 'string' ? pin.split('/') : [];
  if (group === undefined || version === undefined || resource === undefined) return undefined;
  const named = (group === '' || isName(group)) && isName(version) && isName(resource);
  return named && rest.length === 0 ? { group, version, resource } : undefined;
}
