import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Addresses that never belong to the web client. */
const NOT_PAGES = /^\/(api|open311|socket\.io|healthz|readyz|metrics|sign)(\/|$)/;

/**
 * Serves the built web client: files with a hash in their name for ever, the page itself never without asking, and the
 * page for every address that is one of its own routes. Does nothing when there is no build.
 */
export function webClient(webDir: string): RequestHandler {
  const page = path.join(webDir, 'index.html');
  if (!existsSync(page)) return (_request, _response, next) => next();
  const files = express.static(webDir, {
    index: false,
    redirect: false,
    setHeaders: (response, file) => {
      const hashed = path.relative(webDir, file).startsWith(`assets${path.sep}`);
      response.setHeader('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    if ((request.method !== 'GET' && request.method !== 'HEAD') || NOT_PAGES.test(request.path)) return next();
    void files(request, response, (error?: unknown) => {
      // A file that is not there stays not found: answering the page for a script would hide the fault.
      if (error !== undefined || path.extname(request.path) !== '') return next(error);
      response.sendFile(page, { headers: { 'cache-control': 'no-cache' } }, (failure?: Error) => {
        if (failure !== undefined && !response.headersSent) next(failure);
      });
    });
  };
}
