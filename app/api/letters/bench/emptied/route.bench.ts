import { pageCache } from '@/lib/platform/page-cache/store';

/**
 * Empties the page cache, so that benchmarks measure how pages are rendered. Only in benchmark
 * builds.
 */
export function GET() {
  pageCache()?.empty();
  return Response.json({ status: 'emptied' });
}
