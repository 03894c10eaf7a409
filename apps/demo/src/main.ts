import { enableCompileCache } from 'node:module';
import path from 'node:path';

// Starting is mostly compiling. Before the imports, hence the import below; where it cannot be written
// nothing is kept.
enableCompileCache(path.join(import.meta.dirname, '../node_modules/.cache/compile'));

const { run } = await import('./program.ts');
process.exit(await run(process.argv.slice(2)));
