import type { Letter } from '../src/domain/delivery.ts';
import { accountOf } from '../src/domain/person.ts';
import { fill, type Text } from '../src/text/text.ts';
import type { Letters } from '../src/usecases/ports.ts';

const TEXTS = {
  joined: {
    zh: '您的另一个账号（{channel}）刚刚与这个账号绑定，可以查看和修改您的报名。如果不是您本人操作，请点选下面的选项，或发送“解绑其他”。',
    en: 'Another account ({channel}) was just linked to this one and can see and change your registrations. If that was not you, tap the choice below or send “unlink other”.',
  },
  unlinkOther: { zh: '解绑其他账号', en: 'Unlink other accounts' },
  recognised: {
    zh: '您的微信账号标识有变化，我们已认出您：报名、票和提醒都在，发送“我的”可查看；没填完的表单请重新发起。',
    en: 'WeChat now knows you by another id, and we have recognised you: your registrations, tickets and reminders are all here (send “mine” to see them), and only a form that was left open has to be begun again.',
  },
  otherChannel: { zh: '其他渠道', en: 'another channel' },
} as const satisfies Record<string, Text>;

/** What channels are called. */
const CHANNELS: Readonly<Record<string, Text>> = {
  wechat: { zh: '微信', en: 'WeChat' },
  'official-account': { zh: '微信公众号', en: 'WeChat official account' },
  telegram: { zh: 'Telegram', en: 'Telegram' },
  web: { zh: '网页', en: 'web chat' },
};

/** News of a person's own accounts, in the person's language. */
export const accountLetters: Pick<Letters, 'accountJoined' | 'recognised'> = {
  accountJoined(conversation, { lang }): Letter {
    const channel = CHANNELS[accountOf(conversation).channel] ?? TEXTS.otherChannel;
    return {
      text: fill(TEXTS.joined, lang, { channel: channel[lang] }),
      choices: [{ value: 'unlink other', label: TEXTS.unlinkOther[lang] }],
    };
  },
  recognised: ({ lang }) => ({ text: TEXTS.recognised[lang] }),
};
