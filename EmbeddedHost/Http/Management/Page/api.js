// Calls of the management API. The key, where the host asks for one, is in this tab's memory alone and gone with it.

const BASE = 'durabletask/';
const CONTINUATION = 'x-ms-continuation-token';

let key = null;

/** An answer that is not a success. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Takes another key; null: none. */
export function useKey(text) {
  key = text;
}

export const hasKey = () => key !== null;

/** A path of its parts, with a query of those values that are there. */
export function path(parts, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const text = parts.map(encodeURIComponent).join('/');
  return given.length ? `${text}?${new URLSearchParams(given)}` : text;
}

/** Reads JSON: { body, next }, with the token of the page that follows, null where none does. */
export async function read(path, signal, token = null) {
  const response = await call(path, { signal, headers: token ? { [CONTINUATION]: token } : {} });
  return { body: await response.json(), next: response.headers.get(CONTINUATION) || null };
}

/** Sends a command, with JSON where it takes some, and returns the answer's JSON; null where it has none. */
export async function send(method, path, json) {
  const response = await call(path, { method, body: json, headers: json === undefined ? {} : { 'Content-Type': 'application/json' } });
  const answer = await response.text();
  return answer ? JSON.parse(answer) : null;
}

async function call(path, { headers, ...options }) {
  const response = await fetch(BASE + path, { ...options, cache: 'no-store', headers: { ...headers, ...(key !== null && { 'x-functions-key': key }) } });
  if (response.ok) return response;
  const problem = await response.json().catch(() => null);
  throw new Refusal(response.status, problem?.detail ?? `The answer was ${response.status}.`);
}
