import { readConfig } from './config.ts';
import { processTerminal } from './terminal.ts';
import { version } from './version.ts';

/**
 * The program: `argv` without node and script. Resolves with the exit status when it has ended; the
 * caller exits with it, as a connection somewhere may still be closing.
 */
export async function run(argv: readonly string[]): Promise<number> {
  const terminal = processTerminal;
  const outcome = readConfig({ argv, env: process.env, cwd: process.cwd() });
  switch (outcome.kind) {
    case 'mistake':
      terminal.warn(outcome.message);
      return 2;
    case 'help':
      terminal.say(outcome.text);
      return 0;
    case 'version':
      terminal.say(version);
      return 0;
    case 'run': {
      // Loaded only now: an answer or a mistake need not wait for the whole program.
      const { serve } = await import('./program.ts');
      return serve(outcome.config, terminal);
    }
    default:
      return outcome satisfies never;
  }
}

if (import.meta.main) process.exit(await run(process.argv.slice(2)));
