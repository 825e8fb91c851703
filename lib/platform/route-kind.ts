/** Which part of the product a path leads to. Unlike paths, kinds hold no token, name or address. */
export type RouteKind =
  'letter' | 'private' | 'admin' | 'page' | 'api' | 'probe' | 'static' | 'file';

const KINDS: [RegExp, RouteKind][] = [
  [/^\/_next\//, 'static'],
  [/^\/api\/health\//, 'probe'],
  [/^\/api\//, 'api'],
  [/^\/(?:ja|en)\/letters\//, 'letter'],
  [/^\/(?:ja|en)\/admin(?:\/|$)/, 'admin'],
  [
    /^\/(?:ja|en)\/(?:confirm|affirm|reaffirm|unsubscribe|drafts|entry|invited|nomination|attested|mailings)(?:\/|$)/,
    'private',
  ],
  [/^[^.]*$/, 'page'],
];

/** The kind of a path as sent, with or without a query. */
export function routeKind(target: string): RouteKind {
  const path = target.split('?', 1)[0]!;
  return KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'file';
}
