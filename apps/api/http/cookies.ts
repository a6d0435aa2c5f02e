import type { Request, Response } from 'express';

const NAMES = { session: 'huiying_session', device: 'huiying_device' } as const;
const MAX_COOKIE = 200;

/**
 * Over TLS the names carry `__Host-`: the browser then takes them from this very host, over TLS, for the whole site only.
 * On plain HTTP (a laptop, localhost) browsers refuse that prefix, so the name stands without it.
 */
export class Cookies {
  /** `tls`: the public address of the product begins with https. */
  constructor(private readonly tls: boolean) {}

  read(header: string | undefined, cookie: keyof typeof NAMES): string | undefined {
    if (header === undefined) return undefined;
    const name = this.nameOf(cookie);
    for (const part of header.split(';')) {
      const [key, value] = part.trim().split('=', 2);
      if (key === name && value !== undefined && value !== '' && value.length <= MAX_COOKIE) return value;
    }
    return undefined;
  }

  of(request: Request, cookie: keyof typeof NAMES): string | undefined {
    return this.read(request.headers.cookie, cookie);
  }

  set(response: Response, cookie: keyof typeof NAMES, value: string, maxAgeSeconds: number): void {
    const parts = [`${this.nameOf(cookie)}=${value}`, 'Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAgeSeconds}`];
    response.append('set-cookie', [...parts, ...(this.tls ? ['Secure'] : [])].join('; '));
  }

  clear(response: Response, cookie: keyof typeof NAMES): void {
    this.set(response, cookie, '', 0);
  }

  private nameOf(cookie: keyof typeof NAMES): string {
    return this.tls ? `__Host-${NAMES[cookie]}` : NAMES[cookie];
  }
}
