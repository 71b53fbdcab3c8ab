import { type Connection, Schema } from 'mongoose';
import type { Template } from '../domain/template.ts';
import type { Templates } from '../usecases/ports.ts';
import { findRaw, isDuplicate, modelOf } from './connect.ts';

interface Row extends Template {
  _id: string;
}

const AT_MOST = 300;

const schema = new Schema<Row>(
  {
    _id: String,
    office: String,
    code: String,
    title: Schema.Types.Mixed,
    text: Schema.Types.Mixed,
  },
  { versionKey: false, minimize: false },
).index({ office: 1, code: 1 }, { unique: true });

const idOf = (office: string, code: string): string => `${office}/${code}`;

export function templateStore(connection: Connection): Templates {
  const rows = modelOf<Row>(connection, 'templates', schema);
  const replace = async (template: Template): Promise<boolean> => {
    const id = idOf(template.office, template.code);
    const { matchedCount } = await rows.collection.replaceOne({ _id: id as never }, { ...template });
    return matchedCount === 1;
  };
  return {
    async byOffice(offices) {
      const sort = { office: 1, code: 1 } as const;
      const found = await findRaw(rows, { office: { $in: [...offices] } }, { sort, limit: AT_MOST });
      return found.map(({ _id, ...template }) => template);
    },
    async put(template) {
      if (await replace(template)) return;
      try {
        const _id = idOf(template.office, template.code) as never;
        await rows.collection.insertOne({ _id, ...template });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        await replace(template);
      }
    },
    async remove(office, code) {
      const { deletedCount } = await rows.collection.deleteOne({ _id: idOf(office, code) as never });
      return deletedCount === 1;
    },
  };
}
