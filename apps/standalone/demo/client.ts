/** An account of the demonstration, as `demo-accounts.json` lists it. */
export interface DemoAccount {
  username: string;
  password: string;
  role: string;
  body: string | null;
  jurisdiction: string;
}

/** One signed-in account that speaks HTTP like a browser would: cookie, CSRF token, ETag. */
export class DemoClient {
  private cookie = '';
  private csrf = '';

  constructor(
    private readonly base: string,
    readonly account: DemoAccount,
  ) {}

  async signIn(): Promise<void> {
    const response = await fetch(`${this.base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.base },
      body: JSON.stringify({ username: this.account.username, password: this.account.password }),
    });
    if (!response.ok) throw new Error(`sign-in of ${this.account.username} answered ${response.status}`);
    this.cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0]!)
      .join('; ');
    this.csrf = ((await response.json()) as { csrfToken: string }).csrfToken;
  }

  async get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  /** Sends a command; `ifMatch` is the version that it was decided on. */
  async post<T>(path: string, body: unknown, ifMatch?: number): Promise<T> {
    return this.call<T>('POST', path, body, ifMatch);
  }

  private async call<T>(method: string, path: string, body?: unknown, ifMatch?: number): Promise<T> {
    if (this.cookie === '') await this.signIn();
    const response = await fetch(`${this.base}/api/v1${path}`, {
      method,
      headers: {
        cookie: this.cookie,
        origin: this.base,
        'x-csrf-token': this.csrf,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status === 401) this.cookie = '';
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
