/** The embedded API server alone in a process: prints its address and token, ends with its stdin. */
import { createFakeApiServer } from '@kindscope/fake-apiserver';

const server = await createFakeApiServer();
console.log(`${server.url} ${server.token}`);
process.stdin.once('end', () => process.exit()).resume();
