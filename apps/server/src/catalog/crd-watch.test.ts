import type { ObjectHandle, StoreEvent } from '@kindscope/informer';
import { parseJson, type JsonObject } from '@kindscope/kube';
import { expect, it } from 'vitest';
import { createCrdWatch } from './crd-watch.ts';
import type { WatchPool } from './watch-pool.ts';

it('tells of a CRD however deeply its schema is nested, and of the same one once', () => {
  const depth = 9000;
  const schema = `${'{"properties":'.repeat(depth)}{}${'}'.repeat(depth)}`;
  const crd = parseJson(`{"metadata":{"name":"widgets.example.com"},"spec":{"group":"example.com",
    "scope":"Cluster","names":{"plural":"widgets","kind":"Widget"},
    "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":${schema}}}]}}`);
  let tell: (event: StoreEvent) => void = () => {};
  const pool = {
    acquire: () => ({
      watch: {
        subscribe(listener: { onEvent(event: StoreEvent): void }) {
          tell = (event) => listener.onEvent(event);
          return () => {};
        },
      },
      release() {},
    }),
  } as unknown as WatchPool;
  const told: string[] = [];
  createCrdWatch({ pool, onCrd: ({ id }) => told.push(id), onCrdGone() {}, onState() {} });
  const handle = { key: '/widgets.example.com', parse: () => crd as JsonObject } as ObjectHandle;
  tell({ kind: 'add', new: handle, initial: true, seen: { by: 'watch' } });
  tell({ kind: 'update', old: handle, new: handle, seen: { by: 'watch' } });
  expect(told).toEqual(['example.com/widgets']);
});
