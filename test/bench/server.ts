import { serveHouse } from './house.ts';

// Replies leave as fast as they can.
await serveHouse({ pace: { burst: 1, everyMs: 0, chatBurst: 1, chatEveryMs: 0 } });
