import type { CrdSpec } from './crd.ts';
import { int, int64, object, status, stringMap, text } from './schema.ts';

const group = 'streaming.example.io';

export const streaming: readonly CrdSpec[] = [
  {
    group,
    kind: 'KafkaTopic',
    plural: 'kafkatopics',
    shortNames: ['kt'],
    categories: ['data'],
    description: 'KafkaTopic is a stream of messages that many can write and read.',
    spec: object(
      {
        partitions: int('How many parts it has that can be read side by side.', 1),
        replicas: int('How many copies there are of each partition.', 1),
        retentionMs: int64('For how many milliseconds messages are kept.'),
        cleanupPolicy: text(
          'Whether old messages are deleted, or the newest of each key is kept.',
          ['delete', 'compact'],
        ),
        config: stringMap('Further settings of the topic, by their names.'),
      },
      ['partitions', 'replicas'],
    ),
    status: status({
      endOffset: int64(
        'The end offsets of all partitions, added up: more than a double can count exactly.',
      ),
      messagesPerSecond: int('How many messages are written now.'),
    }),
    columns: [
      { name: 'Partitions', type: 'integer', jsonPath: '.spec.partitions' },
      { name: 'Replicas', type: 'integer', jsonPath: '.spec.replicas', priority: 1 },
      { name: 'End offset', type: 'integer', jsonPath: '.status.endOffset' },
      { name: 'Msg/s', type: 'integer', jsonPath: '.status.messagesPerSecond' },
      { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
    ],
  },
  {
    group,
    // The kind is KafkaTopic's: its names are not accepted, and it is never established.
    kind: 'KafkaTopic',
    plural: 'topics',
    description:
      'KafkaTopic as an older operator has it. It was left behind when that was removed.',
    spec: object({ partitions: int('How many parts it has.', 1) }),
    status: status({}),
    columns: [],
  },
];
