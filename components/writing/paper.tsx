import { LetterDocument } from '@/components/letter/letter-document';
import type { Language, LetterParts } from '@/lib/letter/parts';

/** A letter's text set as it is published, apart from the tool around it. */
export function Paper({ text }: { text: LetterParts & { language: Language } }) {
  return (
    <div className="mt-6 border border-line bg-raised px-5 py-8 sm:px-10">
      <LetterDocument text={text} heading="h3" />
    </div>
  );
}
