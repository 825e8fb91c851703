'use server';

import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { textPath } from '@/components/letter/text/text-path';
import { createLetter } from '@/lib/letter/text/commands';
import { newLetterSchema } from '@/lib/letter/text/schema';
import { proposeSlug, slugProblem } from '@/lib/letter/slug';
import { requireLetterMaker } from '@/app/[locale]/admin/access';
import { localeIn } from '@/app/[locale]/admin/locale';
import { kept, orKept } from '@/app/[locale]/admin/form-actions';

/** An address for the letter as its titles are typed; empty while there is no title. */
export async function propose(form: FormData): Promise<string> {
  await requireLetterMaker(localeIn(form.get('locale')));
  const [ja, en, date] = ['titleJa', 'titleEn', 'date'].map((name) =>
    String(form.get(name) ?? '').slice(0, 300),
  ) as [string, string, string];
  if (!ja.trim() && !en.trim()) return '';
  return proposeSlug({ ja, en }, Number(/^\d{4}/.exec(date)?.[0] ?? new Date().getUTCFullYear()));
}

/** Makes a letter and leads to its text. */
export async function create(_previous: FormState | null, form: FormData): Promise<FormState> {
  return orKept(form, async () => {
    const locale = localeIn(form.get('locale'));
    const maker = await requireLetterMaker(locale);
    const asked = newLetterSchema.safeParse(Object.fromEntries(form));
    if (!asked.success) return kept(form, z.flattenError(asked.error).fieldErrors);
    const { address, ...letter } = asked.data;
    const problem = address && slugProblem(address);
    if (problem) return kept(form, { address: [problem] });
    let slug =
      address ||
      (await proposeSlug(
        { ja: letter.titleJa, en: letter.titleEn },
        Number(letter.date.slice(0, 4)),
      ));
    let made = await createLetter(maker, letter, slug);
    // A proposal nobody saw may be changed; an address that was typed may not.
    while (!made.ok && !address) made = await createLetter(maker, letter, (slug = made.free));
    if (made.ok)
      redirect(
        `/${locale}${textPath(made.slug, { language: letter.authoritativeLanguage })}&done=created`,
      );
    const answer = kept(form, { address: ['taken'] });
    return { ...answer, typed: { ...answer.typed, free: made.free } };
  });
}
