/** Puts a text on the clipboard. Browsers offer the clipboard on https only; an office's plain address has the older way. */
export async function copyText(text: string): Promise<boolean> {
  // Absent at a plain address, whatever the types say.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined)
    try {
      await clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed: the older way below.
    }
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', onCopy, { once: true });
  try {
    // Deprecated, and the only way without https.
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy);
  }
}
