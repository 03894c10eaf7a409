/**
 * `pnpm test:contract [--server embedded|real|both]`: what a client can observe of an API server,
 * tried on the embedded one, on a real kube-apiserver, or (unless said otherwise) on both; prints,
 * area by area, how many expectations were met. Ends with 1 when any was not, and with 2 when it
 * could not be tried.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findControlPlane } from '../e2e/cluster/index.ts';
import {
  contractRows,
  contractTable,
  readVerdicts,
  type ServerVerdicts,
} from './contract-table.ts';

const folder = 'packages/fake-apiserver/src/contract';
const suites = {
  embedded: ['--project', 'integration', `${folder}/contract.integration.test.ts`],
  real: ['--config', 'vitest.control-plane.config.ts', `${folder}/contract.control-plane.test.ts`],
} as const;
type ServerName = keyof typeof suites;

const reports = mkdtempSync(path.join(tmpdir(), 'kindscope-contract-'));
try {
  process.exitCode = await main(process.argv.slice(2));
} finally {
  rmSync(reports, { recursive: true, force: true });
}

async function main(argv: readonly string[]): Promise<number> {
  const servers = serversOf(argv);
  if (typeof servers === 'string') return refuse(servers);
  if (servers.includes('real')) {
    const controlPlane = await findControlPlane();
    if ('missing' in controlPlane) {
      return refuse(
        `A real kube-apiserver is needed, and ${controlPlane.missing}. ${controlPlane.remedy}`,
      );
    }
  }
  const verdicts: ServerVerdicts[] = [];
  for (const server of servers) {
    console.log(`\nThe contract, on ${server === 'real' ? 'a real' : 'the embedded'} API server`);
    const report = await tryOn(server);
    if (report === undefined) return refuse(`The suite broke off on the ${server} server.`);
    verdicts.push(readVerdicts(report));
  }
  const rows = contractRows(verdicts);
  console.log(`\n${contractTable(servers, rows)}`);
  const kept = rows.length > 0 && rows.every((row) => row.metByAll === row.expectations);
  return kept ? 0 : 1;
}

/** @returns the servers asked for, or what is wrong with the question. */
function serversOf(argv: readonly string[]): readonly ServerName[] | string {
  let asked: string;
  try {
    // `pnpm test:contract -- --server real` may hand the separator on.
    const args = argv.filter((arg) => arg !== '--');
    const { values } = parseArgs({ args, options: { server: { type: 'string' } } });
    asked = values.server ?? 'both';
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}: pnpm test:contract [--server embedded|real|both]`;
  }
  if (asked === 'both') return ['embedded', 'real'];
  if (asked === 'embedded' || asked === 'real') return [asked];
  return `--server must be embedded, real or both, not "${asked}".`;
}

function refuse(message: string): number {
  console.error(message);
  return 2;
}

/** @returns vitest's JSON report; undefined when it did not get so far. */
function tryOn(server: ServerName): Promise<string | undefined> {
  const file = path.join(reports, `${server}.json`);
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`];
  return new Promise((resolve) => {
    const child = spawn('vitest', ['run', ...reporters, ...suites[server]], { stdio: 'inherit' });
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(readIfThere(file)));
  });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
