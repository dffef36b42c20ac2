/** The API as a caller service and its people use it. Throws when an answer is not the one the story expects. */
export type Caller = {
  /** Calls as `user`; resolves with the parsed body. */
  call: <T>(user: User, method: string, path: string, body?: unknown) => Promise<T>;
};

export type User = { sub: string; email?: string; roles?: string[] };

/** A development token: anybody may claim to be anybody, which is why the service then listens on loopback only. */
export function tokenOf({ sub, email, roles = [] }: User): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part({ sub, email, realm_access: { roles } })}.`;
}

export function createCaller(url: string): Caller {
  return {
    call: async (user, method, path, body) => {
      const response = await fetch(`${url}/v1/awe${path}`, {
        method,
        headers: {
          authorization: `Bearer ${tokenOf(user)}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path} as ${user.sub}: ${response.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
  };
}
