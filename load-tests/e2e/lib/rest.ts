import type { Server } from './server.ts';

/** The REST face of a server for one signed-in account. */
export class Rest {
  private constructor(
    private readonly server: Server,
    readonly token: string,
  ) {}

  static async signIn(server: Server, username: string, password = server.password): Promise<Rest> {
    const answer = await login(server, username, password);
    if (answer.status !== 200) throw new Error(`sign-in of ${username}: ${answer.status}`);
    return new Rest(server, ((await answer.json()) as { token: string }).token);
  }

  async call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.server.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async get<T>(path: string): Promise<T> {
    const answer = await this.call('GET', path);
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** A key for encoders and players that are not people. */
  async machineKey(name: string, ...units: string[]): Promise<string> {
    const answer = await this.call('POST', '/api/keys', { name, scopes: ['whip', 'whep'], units });
    if (!answer.ok) throw new Error(`POST /api/keys: ${answer.status} ${await answer.text()}`);
    return ((await answer.json()) as { token: string }).token;
  }
}

export function login(server: Server, username: string, password: string): Promise<Response> {
  return fetch(`${server.origin}/api/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
}
