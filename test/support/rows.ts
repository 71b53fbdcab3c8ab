import mongoose from 'mongoose';
import { readConfig } from '../../src/config.ts';
import { joinEmbedded } from '../../src/embedded/index.ts';

export type Row = Readonly<Record<string, unknown>>;

/** The documents of a collection as the database of a running house holds them. */
export async function rowsOf(
  { env }: { readonly env: Record<string, string> },
  collection: string,
  filter: Readonly<Record<string, string>> = {},
): Promise<Row[]> {
  const { mongodbUri, dataDir } = readConfig(env);
  const uri = mongodbUri ?? (await joinEmbedded(dataDir))?.mongodbUri;
  if (!uri) throw new Error(`expected a store in ${dataDir}, received none`);
  const connection = await mongoose.createConnection(uri).asPromise();
  try {
    return (await connection.db?.collection(collection).find(filter).toArray()) ?? [];
  } finally {
    await connection.close();
  }
}
