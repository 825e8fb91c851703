import { LRUCache } from 'lru-cache';
import { publicDeliveries } from '@/lib/delivery/queries';
import { isSlug } from '@/lib/letter/rules';
import { answer, publicJson } from '@/lib/platform/http';
import { publicFingerprint } from '@/lib/platform/page-cache/watcher';
import { publicCounts } from '@/lib/signatories/queries';
import { withPublicLetter } from '@/app/api/letters/letter-route';

/** Other sites may ask for a letter with each page of theirs: its answer is kept while it is the same. */
const kept = new LRUCache<string, { fingerprint: string; body: object }>({ max: 500 });

/**
 * A letter's counts and status, for other sites to show. Fields are listed explicitly, so that new
 * ones stay private by default.
 */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    const fingerprint = isSlug(slug) ? await publicFingerprint(slug) : null;
    const known = kept.get(slug);
    if (known && known.fingerprint === fingerprint) return publicJson(request, known.body);
    return withPublicLetter(request, slug, async (letter) => {
      const [counts, deliveries] = await Promise.all([
        publicCounts(letter.id),
        publicDeliveries(letter.id),
      ]);
      const title = Object.fromEntries(letter.texts.map((text) => [text.language, text.title]));
      const body = {
        slug: letter.slug,
        status: letter.status,
        languages: letter.texts.map((text) => text.language),
        authoritativeLanguage: letter.authoritativeLanguage,
        title,
        date: letter.date,
        timeZone: letter.timeZone,
        contact: letter.contact,
        deadlines: {
          rounds: letter.rounds.map(({ at, label }) => ({ at: at.toISOString(), label })),
          final: letter.final && { at: letter.final.at.toISOString(), label: letter.final.label },
        },
        signing: letter.signing,
        revision: {
          number: letter.revision.number,
          hash: letter.revision.hash,
          publishedAt: letter.revision.publishedAt.toISOString(),
        },
        deliveries: deliveries.map(
          ({ number, tally, round, label, deliveredAt, addressee, revision, counts, hash }) => ({
            number,
            tally,
            round,
            label,
            deliveredAt: deliveredAt.toISOString(),
            addressee,
            revision,
            counts,
            hash,
          }),
        ),
        counts,
        updatedAt: letter.updatedAt.toISOString(),
      };
      if (fingerprint !== null) kept.set(slug, { fingerprint, body });
      return publicJson(request, body);
    });
  });
}
