import { workerData } from 'node:worker_threads';
import { connect } from './connection.ts';
import { createAll } from './create-all.ts';
import type { FillOptions } from './fill.ts';
import { createErrorLog } from './log.ts';
import { fillers } from './objects/index.ts';

/** The other side of `fill`. An error ends the thread and is told there. */
const { server, token, seed, count } = workerData as FillOptions;
const log = createErrorLog((line) => process.stderr.write(line));
const connection = connect(server, token, log);
await createAll(connection.client, fillers(seed, count), new AbortController().signal);
await connection.close();
