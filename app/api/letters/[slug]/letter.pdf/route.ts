import { draftPdf } from '@/lib/delivery/draft';
import { typesettingProblem } from '@/lib/delivery/pdf/typesetter';
import { fileWords } from '@/lib/delivery/words';
import { answer, jsonError } from '@/lib/platform/http';
import { TYPESETTING_RETRY_SECONDS } from '@/lib/platform/limits';
import { fileResponse, fileName } from '@/app/api/letters/file-response';
import { languageAsked, withPublicLetter } from '@/app/api/letters/letter-route';

/**
 * The letter with its current signatories, marked as a draft. Delivered PDFs are at
 * `deliveries/{n}/letter.pdf`.
 */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    return withPublicLetter(request, slug, async (letter) => {
      const requested = languageAsked(request);
      if (requested === undefined) return jsonError(400, 'invalid-language');
      const language = requested ?? letter.authoritativeLanguage;
      const draft = await draftPdf(
        { letterId: letter.id, version: letter.version },
        language,
      ).catch((error: unknown) => {
        if (typesettingProblem(error) === 'busy') return 'busy' as const;
        throw error;
      });
      if (draft === 'busy')
        return jsonError(503, 'busy', { 'Retry-After': String(TYPESETTING_RETRY_SECONDS) });
      if (draft === 'too-many-signatories') return jsonError(409, draft);
      if (!draft) return jsonError(404, 'not-found');
      return fileResponse(request, {
        body: draft.bytes,
        type: 'application/pdf',
        sha256: draft.sha256,
        immutable: false,
        disposition: {
          as: 'inline',
          ascii: `${letter.slug}-draft-${language}.pdf`,
          name: `${fileName(draft.title, fileWords(language)('draftName'))}.pdf`,
        },
      });
    });
  });
}
