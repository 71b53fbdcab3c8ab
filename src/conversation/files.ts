import { fill, type Lang, type Text } from '../text/text.ts';
import type { FileAnswer, FileQuestion } from './flow.ts';
import type { FILE_PROBLEMS, Input } from './types.ts';

export type FileInput = Extract<Input, { kind: 'file' }>;

/** Why a file is no answer: it is not here, its platform does not pass files on, or another one is wanted. */
type Wrong = (typeof FILE_PROBLEMS)[number] | 'elsewhere' | 'wrong_type' | 'over_limit';

/** What is said of a file where one is asked for. */
export const FILE_TEXTS = {
  expected: {
    zh: '这一项需要上传文件：{formats}。请直接在这里发送。',
    en: 'A file is needed here: {formats}. Please send it in this chat.',
  },
  empty: {
    zh: '文件“{name}”是空的，没有保存。请检查后重新发送。',
    en: 'The file “{name}” is empty and was not kept. Please check it and send it again.',
  },
  too_big: {
    zh: '文件“{name}”太大，没有保存。上限为 {limit}，请压缩后重新发送。',
    en: 'The file “{name}” is too large and was not kept. The limit here is {limit}: please make it smaller and send it again.',
  },
  over_limit: {
    zh: '文件“{name}”大小为 {size}，超过了 {limit} 的上限。请压缩后重新发送。',
    en: 'The file “{name}” is {size} in size, above the limit of {limit} here. Please make it smaller and send it again.',
  },
  too_many: {
    zh: '您一天内发送的文件太多，“{name}”没有保存。请明天再发，或联系工作人员。',
    en: 'You have sent too many files in one day, so “{name}” was not kept. Please send it tomorrow, or contact the organizers.',
  },
  disguised: {
    zh: '文件“{name}”的内容与扩展名不符，没有保存。请用原来的格式重新保存后发送。',
    en: 'The file “{name}” holds something else than its name says and was not kept. Please save it in its own format and send it again.',
  },
  executable: {
    zh: '“{name}”是程序或含有宏，出于安全考虑没有保存。请发送以下格式：{formats}。',
    en: 'For safety, programs and files with macros are not taken, so “{name}” was not kept. Please send {formats}.',
  },
  bomb: {
    zh: '“{name}”已损坏、解压后过大，或含有不安全的路径，出于安全考虑没有保存。请重新打包，或直接发送其中的文件。',
    en: '“{name}” is damaged, would unpack to far too much, or holds unsafe paths, so for safety it was not kept. Please pack it again, or send what is inside.',
  },
  infected: {
    zh: '在“{name}”中发现病毒，没有保存。请先查杀病毒，再发送干净的文件。',
    en: 'A virus was found in “{name}”, so it was not kept. Please clean your device and send a clean file.',
  },
  unavailable: {
    zh: '文件“{name}”没有接收成功，请重新发送一次；仍不成功的话，请稍后再试。',
    en: 'The file “{name}” did not get through. Please send it once more; if that does not help, try again later.',
  },
  elsewhere: {
    zh: '这个聊天窗口收不到文件“{name}”的内容。请改发图片，或在其他渠道（例如网页聊天）发送。',
    en: 'This chat does not pass the contents of “{name}” on. Please send a photo instead, or send it on another channel, such as the web chat.',
  },
  wrong_type: {
    zh: '“{name}”不是这里需要的格式。请发送以下格式：{formats}。',
    en: '“{name}” is not in a format that is wanted here. Please send {formats}.',
  },
} as const satisfies Record<Wrong | 'expected', Text>;

const SHOWN = { zh: '{name}（{size}）', en: '{name} ({size})' } as const satisfies Text;
const MEGABYTES = { zh: '{count, number, ::.#} MB', en: '{count, number, ::.#} MB' } as const satisfies Text;
const KILOBYTES = { zh: '{count, number} KB', en: '{count, number} KB' } as const satisfies Text;

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;

/** A size as people read it: `2.3 MB`, and nothing under `1 KB`. */
export function sizeText(bytes: number, lang: Lang): string {
  const isLarge = bytes >= MEGABYTE;
  const count = isLarge ? bytes / MEGABYTE : Math.max(1, Math.round(bytes / KILOBYTE));
  return fill(isLarge ? MEGABYTES : KILOBYTES, lang, { count });
}

/** A file as it stands in a review. */
export function shownFile({ name, size }: FileAnswer, lang: Lang): string {
  return fill(SHOWN, lang, { name, size: sizeText(size, lang) });
}

/** Why a stored file does not answer a question; undefined: it does. */
export function misfit<F>(
  { accepts, maxBytes }: FileQuestion<F>,
  { type, size }: Pick<FileAnswer, 'type' | 'size'>,
): 'wrong_type' | 'over_limit' | undefined {
  const isAccepted = accepts.some((one) => (one.endsWith('/') ? type.startsWith(one) : type === one));
  if (!isAccepted) return 'wrong_type';
  return size > maxBytes ? 'over_limit' : undefined;
}
