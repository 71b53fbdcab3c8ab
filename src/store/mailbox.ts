import { type Connection, Schema } from 'mongoose';
import type { Mailbox } from '../channels/web/ports.ts';
import type { Reply } from '../conversation/types.ts';
import { modelOf, onlyDuplicates } from './connect.ts';

interface Row {
  _id: string;
  conversation: string;
  seq: number;
  reply: Omit<Reply, 'seq'>;
  at: Date;
}

const KEPT_SECONDS = 180 * 24 * 3600;

const schema = new Schema<Row>(
  { _id: String, conversation: String, seq: Number, reply: Schema.Types.Mixed, at: Date },
  { versionKey: false, minimize: false },
)
  .index({ conversation: 1, seq: 1 }, { unique: true })
  .index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export function mailboxStore(connection: Connection): Mailbox {
  const rows = modelOf<Row>(connection, 'mailbox', schema);
  return {
    async put(posts, at) {
      const docs = posts.flatMap(({ conversation, replies }) =>
        replies.map(
          ({ seq, ...reply }): Row => ({ _id: `${conversation}/${seq}`, conversation, seq, reply, at }),
        ),
      );
      if (docs.length === 0) return;
      try {
        await rows.collection.insertMany(docs as never[], { ordered: false });
      } catch (error) {
        if (!onlyDuplicates(error)) throw error;
      }
    },
    async after(conversation, seq, limit, settledAt) {
      const found = await rows
        .find({ conversation, seq: { $gt: seq } })
        .sort({ seq: -1 })
        .limit(limit)
        .lean<Row[]>();
      return unbroken(found.reverse(), found.length < limit ? seq : undefined, settledAt).map((row) => ({
        seq: row.seq,
        ...row.reply,
      }));
    },
  };
}

/** Rows up to the first that follows on a missing one and is not settled; `after` undefined: there may be more before them. */
function unbroken(rows: readonly Row[], after: number | undefined, settledAt?: Date): readonly Row[] {
  const broken = rows.findIndex(({ seq, at }, i) => {
    const before = i > 0 ? rows[i - 1]?.seq : after;
    return settledAt && before !== undefined && seq !== before + 1 && at > settledAt;
  });
  return broken < 0 ? rows : rows.slice(0, broken);
}
