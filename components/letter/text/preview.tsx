import { LetterDocument } from './letter-document';
import type { LetterContent } from '@/lib/letter/text/content';
import type { Language } from '@/lib/platform/languages';

/** A letter's text as it will be published, in a frame. */
export function TextPreview({ text }: { text: LetterContent & { language: Language } }) {
  return (
    <div className="mt-6 border border-line bg-raised px-5 py-8 sm:px-10">
      <LetterDocument text={text} heading="h3" />
    </div>
  );
}
