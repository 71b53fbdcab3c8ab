/** The most that a file may have. Channels read no more than this of one. */
export const FILE_MAX_BYTES = 20 * 1024 * 1024;

/**
 * Why a file that somebody sent is not kept. `disguised`: it holds something else than its name says; `bomb`: an
 * archive that is broken, or unpacks to far too much, or elsewhere; `unavailable`: its bytes could not be fetched, or
 * not be looked at for viruses.
 */
export type FileProblem =
  | 'empty'
  | 'too_big'
  | 'too_many'
  | 'disguised'
  | 'executable'
  | 'bomb'
  | 'infected'
  | 'unavailable';

/** What the first bytes of a file show it to be. */
export interface Content {
  /** MIME type. */
  readonly type: string;
  readonly extension: string;
}

const NAME_MAX = 120;
const NAMELESS = 'file';

// Control and format characters, such as those that turn the reading direction around, and halves of characters.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
// What some system or header gives a meaning of its own.
const MEANINGFUL = /[<>:"|?*;]/gu;

/** A name as it can be shown and stored anywhere: no path, nothing invisible, short, its extension kept. */
export function safeName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/u).at(-1) ?? '';
  const plain = last
    .replace(/\s+/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(MEANINGFUL, '_')
    .replace(/^[. ]+|[. ]+$/gu, '');
  const letters = [...(plain === '' ? NAMELESS : plain)];
  if (letters.length <= NAME_MAX) return letters.join('');
  const ending = /\.[\p{L}\p{N}]{1,16}$/u.exec(plain)?.[0] ?? '';
  return letters.slice(0, NAME_MAX - [...ending].length).join('') + ending;
}

const extensionOf = (name: string): string =>
  /\.(?<extension>[\p{L}\p{N}]{1,16})$/u.exec(name)?.groups?.extension?.toLowerCase() ?? '';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u));

const EXECUTABLE_EXTENSIONS = words(
  `exe com scr pif bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta msi msp msix appx dll sys cpl ocx gadget lnk
  url scf inf reg chm jar jnlp apk ipa app dmg pkg deb rpm sh bash zsh command run elf swf crx xpi`,
);
const EXECUTABLE_TYPES = words(
  `application/x-msdownload application/x-elf application/x-mach-binary application/java-vm
  application/java-archive application/vnd.android.package-archive application/wasm application/x-deb
  application/x-rpm application/x-apple-diskimage application/x.ms.shortcut application/x-shockwave-flash
  application/x-google-chrome-extension application/x-xpinstall application/vnd.ms-cab-compressed
  application/vnd.ms-htmlhelp application/x-ms-regedit`,
);

const ZIP = 'application/zip';
/** Office files from before 2007, and newer ones with a password. */
const COMPOUND = 'application/x-cfb';

/** What a file of an extension is, and what its bytes may show. */
interface Kind {
  readonly type: string;
  /** Types that its content may have; absent: it is text. */
  readonly content?: readonly string[];
}
const text = (type: string): Kind => ({ type });
const own = (type: string, ...content: readonly string[]): Kind => ({ type, content: [type, ...content] });
const officeOpen = (part: string): Kind =>
  own(`application/vnd.openxmlformats-officedocument.${part}`, ZIP, COMPOUND);
const compound = (type: string): Kind => own(type, COMPOUND, ZIP);

const KINDS: Readonly<Record<string, Kind>> = {
  pdf: own('application/pdf'),
  docx: officeOpen('wordprocessingml.document'),
  xlsx: officeOpen('spreadsheetml.sheet'),
  pptx: officeOpen('presentationml.presentation'),
  doc: own('application/msword', COMPOUND, 'application/rtf'),
  xls: own('application/vnd.ms-excel', COMPOUND),
  ppt: own('application/vnd.ms-powerpoint', COMPOUND),
  wps: compound('application/vnd.ms-works'),
  et: compound('application/vnd.ms-excel'),
  dps: compound('application/vnd.ms-powerpoint'),
  odt: own('application/vnd.oasis.opendocument.text', ZIP),
  ods: own('application/vnd.oasis.opendocument.spreadsheet', ZIP),
  odp: own('application/vnd.oasis.opendocument.presentation', ZIP),
  rtf: own('application/rtf'),
  zip: own(ZIP),
  rar: own('application/x-rar-compressed', 'application/vnd.rar'),
  '7z': own('application/x-7z-compressed'),
  jpg: own('image/jpeg'),
  jpeg: own('image/jpeg'),
  png: own('image/png', 'image/apng'),
  gif: own('image/gif'),
  webp: own('image/webp'),
  heic: own('image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'),
  tif: own('image/tiff'),
  tiff: own('image/tiff'),
  bmp: own('image/bmp'),
  mp4: own('video/mp4', 'video/quicktime', 'video/x-m4v'),
  mov: own('video/quicktime', 'video/mp4'),
  mp3: own('audio/mpeg'),
  txt: text('text/plain'),
  md: text('text/markdown'),
  csv: text('text/csv'),
  ics: text('text/calendar'),
  json: text('application/json'),
  yaml: text('application/yaml'),
  yml: text('application/yaml'),
};

export type Judged =
  | { readonly name: string; readonly type: string }
  | { readonly problem: Extract<FileProblem, 'disguised' | 'executable'> };

/**
 * What a file is by what it holds, or why it is not kept. `content`: what its first bytes show, if anything. A name
 * without an extension gets the one of its content, and so does a picture of another format than its name says:
 * phones and messengers rename them.
 */
export function judgeFile(name: string, bytes: Uint8Array, content: Content | undefined): Judged {
  const extension = extensionOf(name);
  const isText = readsAsText(bytes);
  // A text may begin with the very letters that mark a program.
  const shown = isText && content && EXECUTABLE_TYPES.has(content.type) ? undefined : content;
  if (EXECUTABLE_EXTENSIONS.has(extension) || isProgram(bytes, shown)) return { problem: 'executable' };
  const kind = Object.hasOwn(KINDS, extension) ? KINDS[extension] : undefined;
  if (!kind) return { name: named(name, extension, shown), type: shown?.type ?? plainType(isText) };
  if (shown && isPicture(shown.type) && isPicture(kind.type) && !kind.content?.includes(shown.type))
    return { name: name.replace(/[^.]+$/u, shown.extension), type: shown.type };
  const fits = kind.content ? shown !== undefined && kind.content.includes(shown.type) : isText;
  return fits ? { name, type: kind.type } : { problem: 'disguised' };
}

const named = (name: string, extension: string, content: Content | undefined): string =>
  content && extension === '' ? `${name}.${content.extension}` : name;

/** Where neither the name nor the bytes tell more. */
const isPicture = (type: string): boolean => type.startsWith('image/');

const plainType = (isText: boolean): string => (isText ? 'text/plain' : 'application/octet-stream');

/** The mark of a Windows installer, which is an office file by its first bytes. */
const INSTALLER = Buffer.from('84100c0000000000c000000000000046', 'hex');

function isProgram(bytes: Uint8Array, content: Content | undefined): boolean {
  if (bytes[0] === 0x23 && bytes[1] === 0x21) return true;
  if (!content) return false;
  if (EXECUTABLE_TYPES.has(content.type)) return true;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return content.type === COMPOUND && whole.includes(INSTALLER);
}

const LOOKED_AT = 64 * 1024;
const BREAKS = new Set([9, 10, 12, 13, 27]);

function readsAsText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  // UTF-16 with its mark.
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  return bytes.subarray(0, LOOKED_AT).every((byte) => byte >= 32 || BREAKS.has(byte)) && !bytes.includes(0);
}
