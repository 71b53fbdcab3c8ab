import { byId } from './dom.js';

const FILE_LIMIT = 20 * 1024 * 1024;

/**
 * @param {{ onText(text: string): void, onFile(file: File): void, onBadFile(key: 'tooBig' | 'emptyFile', name: string): void,
 *   onUp(): boolean, onTyped(): void }} events
 */
export function createComposer(events) {
  const form = byId('composer', HTMLFormElement);
  const input = byId('input', HTMLTextAreaElement);
  const send = byId('send', HTMLButtonElement);
  const picker = byId('picker', HTMLInputElement);
  let ready = false;

  function resize() {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight}px`;
    send.disabled = !ready || input.value.trim() === '';
  }

  function submit() {
    const text = input.value.trim();
    if (!ready || !text) return;
    input.value = '';
    resize();
    events.onText(text);
  }

  /** @param {Iterable<File>} files */
  function offer(files) {
    if (!ready) return;
    for (const file of files) {
      if (file.size > FILE_LIMIT) events.onBadFile('tooBig', file.name);
      else if (file.size === 0) events.onBadFile('emptyFile', file.name);
      else events.onFile(file);
    }
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  input.addEventListener('input', resize);
  input.addEventListener('keydown', (event) => {
    events.onTyped();
    if (isEnter(event)) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && input.value === '' && events.onUp()) {
      event.preventDefault();
    }
  });
  // Pressing the button must not take the focus, or the phone's keyboard folds after every message.
  send.addEventListener('pointerdown', (event) => event.preventDefault());
  byId('attach', HTMLButtonElement).addEventListener('click', () => picker.click());
  picker.addEventListener('change', () => {
    offer([...(picker.files ?? [])]);
    picker.value = '';
  });
  acceptDropped(offer);

  return {
    input,
    setReady() {
      ready = true;
      resize();
    },
    focus: () => input.focus({ preventScroll: true }),
    /** Puts back what could not be sent, above what is being typed. @param {string} text */
    restore(text) {
      input.value = [text, input.value].filter(Boolean).join('\n');
      resize();
    },
  };
}

/** Safari ends the composition before the Enter that confirmed it; its key code still tells. @param {KeyboardEvent} event */
function isEnter(event) {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}

/** A file dropped beside a target would replace the whole page. @param {(files: Iterable<File>) => void} offer */
function acceptDropped(offer) {
  document.addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    offer(files);
  });
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    offer(files);
  });
}
