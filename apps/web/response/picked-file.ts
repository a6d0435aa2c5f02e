/** A file as the browser hands it over. */
export type PickedFile = Blob & { name: string; type: string };

const BLOCK = 0x8000;

/** Name, kind and content of a file, as the interface takes them. */
export async function base64Of(file: PickedFile) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += BLOCK) text += String.fromCharCode(...bytes.subarray(at, at + BLOCK));
  return { fileName: file.name, mediaType: file.type as 'image/png', contentBase64: btoa(text) };
}
