/**
 * The id of the request that is being answered, for the log. It is known everywhere below a request's
 * handler without being passed on.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

export const REQUEST_ID_HEADER = 'x-request-id';

/** What a proxy in front of us, or a caller, may call a request: no address and no sentence. */
const WELL_FORMED = /^[A-Za-z0-9_-]{8,64}$/;

// Next bundles this module several times; all copies in a process share the context.
const store = globalThis as { undersignedRequestId?: AsyncLocalStorage<string> };
const context = (store.undersignedRequestId ??= new AsyncLocalStorage<string>());

/** The id that a request came with, or a new one. */
export function requestIdFrom(given: string | string[] | undefined): string {
  return typeof given === 'string' && WELL_FORMED.test(given) ? given : randomUUID();
}

/** Whatever the caller does from here on, also later, is done for the request with this id. */
export function beginRequest(id: string): void {
  context.enterWith(id);
}

/** The id of the request that is being answered; undefined in the background. */
export function requestId(): string | undefined {
  return context.getStore();
}
