import { Injectable } from '@nestjs/common';
import { GuardedFetcher } from '#platform/fetch/guarded-fetch.js';
import { decodePage } from '#platform/fetch/decode-page.js';
import { PageFetcher } from './capture.service.js';

/** Fetches a page for evidence through the guarded fetcher, and gives its text without markup. */
@Injectable()
export class GuardedPageFetcher extends PageFetcher {
  constructor(private readonly fetcher: GuardedFetcher) {
    super();
  }

  async fetch(url: string): ReturnType<PageFetcher['fetch']> {
    try {
      const page = await this.fetcher.fetch(url);
      if (page.status !== 200)
        return {
          ok: false,
          gone: page.status === 404 || page.status === 410,
          code: `HTTP_${page.status}`,
          message: `the server answered ${page.status}`,
        };
      return {
        ok: true,
        bytes: page.body,
        text: decodePage(page.body, page.headers['content-type']),
        finalUrl: page.url,
      };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      return { ok: false, gone: false, code: code ?? 'FETCH_FAILED', message };
    }
  }
}
