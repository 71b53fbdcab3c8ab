import { register } from 'tsx/esm/api';

// A thread starts without the loader that reads TypeScript in this process.
register();
await import('./thread.ts');
