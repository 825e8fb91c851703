import { draftFile, type DraftFormat } from '@/lib/delivery/draft';
import { typesettingProblem } from '@/lib/delivery/pdf/typesetter';
import { fileWords } from '@/lib/delivery/words';
import { answer, jsonError } from '@/lib/platform/http';
import { TYPESETTING_RETRY_SECONDS } from '@/lib/platform/limits';
import { fileName, fileResponse, WORD_FILE_TYPE } from './file-response';
import { languageAsked, withPublicLetter } from './letter-route';

type Context = { params: Promise<{ slug: string }> };

/** How browsers get each format: a PDF is shown, a Word file is stored. */
const FORMATS = {
  pdf: { type: 'application/pdf', as: 'inline' },
  docx: { type: WORD_FILE_TYPE, as: 'attachment' },
} as const;

/** Creates the GET handler for a letter with its current signatories, marked as a draft. */
export const draftFileRoute =
  (format: DraftFormat) =>
  (request: Request, { params }: Context) =>
    answer(async () => {
      const { slug } = await params;
      return withPublicLetter(request, slug, async (letter) => {
        const requested = languageAsked(request);
        if (requested === undefined) return jsonError(400, 'invalid-language');
        const language = requested ?? letter.authoritativeLanguage;
        const draft = await draftFile(
          format,
          { letterId: letter.id, version: letter.version },
          language,
        ).catch((error: unknown) => {
          if (typesettingProblem(error) === 'busy') return 'busy' as const;
          throw error;
        });
        if (draft === 'busy')
          return jsonError(503, 'busy', { 'Retry-After': String(TYPESETTING_RETRY_SECONDS) });
        if (draft === 'too-many-signatories' || draft === 'too-large') return jsonError(409, draft);
        if (!draft) return jsonError(404, 'not-found');
        return fileResponse(request, {
          body: draft.bytes,
          type: FORMATS[format].type,
          sha256: draft.sha256,
          immutable: false,
          disposition: {
            as: FORMATS[format].as,
            ascii: `${letter.slug}-draft-${language}.${format}`,
            name: `${fileName(draft.title, fileWords(language)('draftName'))}.${format}`,
          },
        });
      });
    });
