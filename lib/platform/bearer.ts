import { createHash, timingSafeEqual } from 'node:crypto';
import { jsonError } from './http';

const sha256 = (text: string) => createHash('sha256').update(text).digest();

/**
 * Why a machine may not use a door that only whoever knows `secret` may, or null: 404 where the door
 * is not configured, 401 for any other secret. Compares in constant time.
 */
export function bearerRefusal(request: Request, secret: string | undefined): Response | null {
  if (!secret) return jsonError(404, 'not-found');
  const given = request.headers.get('authorization') ?? '';
  return timingSafeEqual(sha256(given), sha256(`Bearer ${secret}`))
    ? null
    : jsonError(401, 'unauthorized', { 'WWW-Authenticate': 'Bearer' });
}
