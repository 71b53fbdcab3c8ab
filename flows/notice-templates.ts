import { VARIABLES } from '../src/domain/notice-text.ts';
import type { Template } from '../src/domain/template.ts';
import { fill, LANGS, type Lang, type Text } from '../src/text/text.ts';
import type { Facts } from '../src/usecases/load-facts.ts';

/** Texts that every office has. A name in braces becomes the variable as it is called in the text's language. */
const BUILT_IN: readonly { readonly code: string; readonly title: Text; readonly text: Text }[] = [
  {
    code: 'registration',
    title: { zh: '报名开放', en: 'Registration is open' },
    text: {
      zh: '各位嘉宾：\n\n“{event}”现已开放报名。时间：{start}；地点：{place}。\n\n名额有限，请回复“报名”尽早登记。期待您的参与！',
      en: 'Dear guests,\n\nRegistration for “{event}” is open. It takes place on {start} at {place}.\n\nPlaces are limited, so please reply “register” soon. We look forward to seeing you.',
    },
  },
  {
    code: 'material',
    title: { zh: '材料待补交', en: 'Material is missing' },
    text: {
      zh: '{name}，您好：\n\n我们尚未收到您参加“{event}”所需的材料。请尽快发送给会务组，以免影响后续安排；如已发送，请忽略本通知。感谢您的配合！',
      en: 'Dear {name},\n\nWe have not yet received the material that we need from you for “{event}”. Please send it to the event team soon, so that everything can go ahead as planned. If you have sent it already, please ignore this notice. Thank you.',
    },
  },
  {
    code: 'programme',
    title: { zh: '日程调整', en: 'The programme has changed' },
    text: {
      zh: '各位嘉宾：\n\n“{event}”的日程有所调整，请以最新安排为准。回复“日程”即可查看。由此带来的不便，敬请谅解。',
      en: 'Dear guests,\n\nThe programme of “{event}” has changed. Reply “agenda” to see it as it is now. We apologize for any inconvenience.',
    },
  },
  {
    code: 'arrival',
    title: { zh: '参会须知', en: 'Arrival information' },
    text: {
      zh: '{name}，您好：\n\n“{event}”将于 {start} 举行，地点：{place}。请提前 30 分钟到场，凭入场二维码或票号 {ticket} 签到；回复“我的”可随时查看二维码。\n\n期待与您见面！',
      en: 'Dear {name},\n\n“{event}” takes place on {start} at {place}. Please arrive 30 minutes early and show your QR code or ticket number {ticket} at the entrance; reply “mine” to see the code at any time.\n\nWe look forward to meeting you.',
    },
  },
  {
    code: 'live',
    title: { zh: '直播链接', en: 'Live link' },
    text: {
      zh: '各位嘉宾：\n\n“{event}”将于 {start} 开始直播，欢迎提前进入直播间。直播地址：',
      en: 'Dear guests,\n\nThe live stream of “{event}” begins on {start}. You are welcome to join a little early, here:',
    },
  },
  {
    code: 'thanks',
    title: { zh: '致谢与问卷', en: 'Thanks and survey' },
    text: {
      zh: '{name}，您好：\n\n感谢您参加“{event}”！为做好后续服务，诚邀您用两分钟填写满意度问卷，您的意见对我们十分重要。问卷地址：',
      en: 'Dear {name},\n\nThank you for taking part in “{event}”. Two minutes of your time would help us to do better: please tell us what you think, here:',
    },
  },
];

/** The variables of a text in braces, as they are called in a language. */
function asWritten(text: Text, lang: Lang): string {
  const names = Object.entries(VARIABLES).map(([key, name]) => [key, `{${name[lang]}}`]);
  return fill(text, lang, Object.fromEntries(names));
}

/** The templates that an office can write notices with: its own, and those that it has not replaced. */
export function templatesOf({ templates }: Pick<Facts, 'templates'>, office: string): readonly Template[] {
  const own = templates.filter((one) => one.office === office);
  const others = BUILT_IN.filter(({ code }) => !own.some((one) => one.code === code));
  const builtIn = others.map(({ code, title, text }) => ({
    office,
    code,
    title,
    text: Object.fromEntries(LANGS.map((lang) => [lang, asWritten(text, lang)])),
  }));
  return [...own, ...builtIn];
}
