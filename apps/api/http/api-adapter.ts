import { ExpressAdapter } from '@nestjs/platform-express';
import type { Response } from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Download, Reply } from './reply.js';

/** Nest on Express, with replies that carry their own status and headers. Everything that handlers answer arrives as a `Reply`. */
export class ApiAdapter extends ExpressAdapter {
  override reply(response: Response, body: unknown, statusCode?: number): unknown {
    if (!(body instanceof Reply)) return super.reply(response, body, statusCode) as unknown;
    response.status(body.status ?? statusCode ?? 200).set(body.headers);
    if (body instanceof Download) return sendFile(response, body);
    return body.body === undefined ? response.end() : response.json(body.body);
  }
}

function sendFile(response: Response, { file }: Download): void {
  const disposition = file.inline === true ? 'inline' : 'attachment';
  const ascii = file.fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  response.set({
    'content-type': file.contentType,
    // RFC 6266: an ASCII name for old clients, the true one for all others.
    'content-disposition': `${disposition}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.fileName)}`,
  });
  if (!(file.content instanceof Readable)) {
    response.send(file.content);
    return;
  }
  // What fails in the middle of a file can only be told by cutting the connection.
  pipeline(file.content, response).catch(() => response.destroy());
}
