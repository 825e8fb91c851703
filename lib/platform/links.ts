import { tokenIn } from './tokens';

const IN_PATH =
  /^(\/(?:ja|en)\/(?:confirm|affirm|reaffirm|unsubscribe|drafts|entry(?:\/share)?|invited|nomination|attested|mailings)\/)([^?]*)/;
/** Mail programs also encode `?` and `=`, or write `&` as `&amp;`. */
const IN_QUERY =
  /^(\/(?:ja|en)\/admin\/sign-in\/confirm)\/?(?:\?|%3F)(?:.*?(?:&|;|%26))?token(?:=|%3D)(.*)/i;

/**
 * The canonical target (path and query) of a secret link that a mail program changed, or null if
 * the target needs no change or contains no token. Pages find the token by themselves; but a form
 * without JavaScript is sent to the address of its page, so the address must be one of ours.
 */
export function mendedLink(target: string): string | null {
  const [, path, segment] = IN_PATH.exec(target) ?? [];
  if (path !== undefined && segment !== undefined) {
    const token = tokenIn(segment);
    return token === null || token === segment ? null : path + token;
  }
  const [, page, value] = IN_QUERY.exec(target) ?? [];
  const token = tokenIn(value ?? '');
  if (page === undefined || token === null) return null;
  const [before, query] = target.split('?', 2);
  const isCanonical = before === page && new URLSearchParams(query).get('token') === token;
  return isCanonical ? null : `${page}?token=${token}`;
}
