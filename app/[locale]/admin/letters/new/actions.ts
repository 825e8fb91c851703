'use server';

import type { FormState } from '@/components/ui/form-state';
import { textPath } from '@/components/letter/text/text-path';
import { createLetter } from '@/lib/letter/commands';
import { newLetterSchema } from '@/lib/letter/schema';
import { proposeSlug, slugProblem } from '@/lib/letter/slug';
import { requireLetterMaker } from '../../access';
import { submitAs } from '../../form-actions';

/** Creates a letter and redirects to its text page. */
export async function create(_previous: FormState | null, form: FormData) {
  return submitAs(form, requireLetterMaker, {
    schema: newLetterSchema,
    run: async (maker, { newSlug: typed, ...letter }) => {
      const problem = typed && slugProblem(typed);
      if (problem) return { errors: { newSlug: [problem] } };
      let slug = typed || proposeSlug(letter.titles, Number(letter.date.slice(0, 4)));
      let created = await createLetter(maker, letter, slug);
      // A generated slug may be replaced by another free one; a typed slug may not.
      while (!created.ok && !typed)
        created = await createLetter(maker, letter, (slug = created.free));
      if (!created.ok) return { errors: { newSlug: ['taken'] }, typed: { free: created.free } };
      const language = letter.authoritativeLanguage;
      return { redirectTo: `${textPath(created.slug, { language })}&notice=created` };
    },
  });
}
