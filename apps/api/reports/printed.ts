import { Download } from '../http/reply.js';

/** A page to be printed. It is shown, not saved; no script runs in it. */
export const printed = (title: string, html: string): Download =>
  new Download(
    { fileName: `${title}.html`, contentType: 'text/html; charset=utf-8', content: html, inline: true },
    { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" },
  );
