/** Requests to the operations API, with the token of this tab if one is needed. */

const KEY = 'ringdown.token';

export class Unauthorized extends Error {}

export function rememberToken(token) {
  sessionStorage.setItem(KEY, token);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
}

export async function request(path, options = {}) {
  const headers = { ...options.headers };
  const token = sessionStorage.getItem(KEY);
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const response = await fetch(path, { cache: 'no-store', ...options, headers });
  if (response.status === 401) {
    throw new Unauthorized('a token is needed');
  }
  return response;
}

/** The answer of a call, or null if nobody knows it. Throws an Error with a sentence for a person. */
export async function call(callSid) {
  const response = await request(`/api/calls/${encodeURIComponent(callSid)}`);
  if (response.status === 404) {
    return null;
  }
  return checked(response);
}

/** Acts; throws an Error with a sentence for a person. */
export async function act(path, body) {
  const response = await request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return checked(response);
}

async function checked(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.error ?? `the server answered ${response.status}`);
  }
  return answer;
}
