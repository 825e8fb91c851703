import { draftPdf } from '@/lib/delivery/draft';
import { fileWords } from '@/lib/delivery/words';
import { answer, jsonError } from '@/lib/platform/http';
import { fileAnswer, fileName, ofLetter } from '../deliveries/file-answer';

/** The letter with its signatories as they stand, marked as a draft. What was delivered is at `deliveries/{n}/letter.pdf`. */
export function GET(request: Request, { params }: { params: Promise<{ slug: string }> }) {
  return answer(async () => {
    const { slug } = await params;
    return ofLetter(request, slug, 'letter.pdf', async (letter, asked) => {
      const language = asked ?? letter.authoritativeLanguage;
      const draft = await draftPdf({ letterId: letter.basis.letterId, version: letter.version }, language);
      if (!draft) return jsonError(404, 'not-found');
      return fileAnswer(request, {
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
