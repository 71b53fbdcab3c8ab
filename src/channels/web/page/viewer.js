/** @param {HTMLDialogElement} dialog */
export function createViewer(dialog) {
  const image = dialog.querySelector('img');
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => image?.removeAttribute('src'));
  return {
    /** @param {string} url @param {string} text */
    open(url, text) {
      if (!image) return;
      image.src = url;
      image.alt = text;
      dialog.showModal();
    },
  };
}
