import type { CrdSpec } from './crd.ts';
import {
  defaulting,
  flag,
  instant,
  int,
  int64,
  object,
  status,
  stringMap,
  text,
} from './schema.ts';

const group = 'data.example.io';

/** Databases, and what is saved of them. */
export const data: readonly CrdSpec[] = [
  {
    group,
    kind: 'CloudDatabase',
    plural: 'clouddatabases',
    shortNames: ['cdb', 'db'],
    categories: ['data'],
    description: 'CloudDatabase is a database that an operator sets up, watches and fails over.',
    spec: object(
      {
        engine: text('Which database it is.', ['postgres', 'mysql']),
        version: text('Its major version.'),
        storageGb: int('The size of its volume, gigabytes.', 1),
        replicas: int('How many members it has, standbys included.', 1),
        backups: defaulting(flag('Whether it is saved regularly.'), true),
        parameters: stringMap('Settings of the engine, by their names.'),
        maintenance: object(
          {
            day: text('The day on which it may be restarted.', ['Saturday', 'Sunday']),
            hour: { ...int('The hour at which that begins, UTC.', 0), maximum: 23 },
          },
          [],
          'When it may be restarted.',
        ),
      },
      ['engine', 'version', 'storageGb'],
    ),
    status: status({
      phase: text('What it is at.', ['Available', 'FailingOver']),
      primary: text('The member that takes writes.'),
      usedGb: int('How full the volume is, gigabytes.'),
      connections: int('How many connections are open.'),
    }),
    selectable: ['.spec.engine'],
    columns: [
      { name: 'Engine', type: 'string', jsonPath: '.spec.engine' },
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'Used GB', type: 'integer', jsonPath: '.status.usedGb' },
      { name: 'Size GB', type: 'integer', jsonPath: '.spec.storageGb' },
      { name: 'Version', type: 'string', jsonPath: '.spec.version', priority: 1 },
      { name: 'Primary', type: 'string', jsonPath: '.status.primary', priority: 1 },
      { name: 'Connections', type: 'integer', jsonPath: '.status.connections', priority: 1 },
    ],
  },
  {
    group,
    kind: 'Backup',
    plural: 'backups',
    shortNames: ['bk'],
    categories: ['data'],
    description: 'Backup is what was saved of a database at one time.',
    spec: object(
      {
        database: text('The CloudDatabase that is saved.'),
        retentionDays: int('For how many days it is kept.', 1),
      },
      ['database'],
    ),
    status: status({
      phase: text('What it is at.', ['Running', 'Completed', 'Failed']),
      bytes: int64('How large it is.'),
      completedAt: instant('When all was saved.'),
    }),
    columns: [
      { name: 'Database', type: 'string', jsonPath: '.spec.database' },
      { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
      { name: 'Bytes', type: 'integer', jsonPath: '.status.bytes' },
      { name: 'Completed', type: 'date', jsonPath: '.status.completedAt' },
    ],
  },
];
