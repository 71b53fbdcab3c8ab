const TOP = 3;
const SUB = 5;
const TOP_BYTES = 16;
const SUB_BYTES = 60;
const KEY_BYTES = 128;
const MORE = '更多';

/** A command as a button under the chat: pressed, it says its text. */
export interface MenuCommand {
  readonly label: string;
  readonly text: string;
}

/**
 * The buttons for commands, the first ones being the nearest: up to three side by side, or two and five more
 * behind a third. The platform has no place for others; those can still be typed.
 */
export function buttonsOf(commands: readonly MenuCommand[]): object[] {
  if (commands.length <= TOP) return commands.map((command) => buttonOf(command, TOP_BYTES));
  const near = commands.slice(0, TOP - 1).map((command) => buttonOf(command, TOP_BYTES));
  const far = commands.slice(TOP - 1, TOP - 1 + SUB).map((command) => buttonOf(command, SUB_BYTES));
  return [...near, { name: MORE, sub_button: far }];
}

const buttonOf = ({ label, text }: MenuCommand, bytes: number) => ({
  type: 'click',
  name: clipped(label, bytes),
  key: clipped(text, KEY_BYTES),
});

function clipped(text: string, bytes: number): string {
  let kept = '';
  for (const character of text) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
