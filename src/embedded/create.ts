import { createDatabase } from './postgres/open.ts';

// Run as a process of its own: making a database takes some 700 MB for a moment, which a thread would not give back.
void createDatabase(process.argv[2] as string);
