'use server';

import { refresh } from 'next/cache';
import { z } from 'zod';
import type { FormState } from '@/components/ui/form-state';
import { requestAgain, recordAffirmation } from '@/lib/revision/reaffirmation/commands';
import { requireLetterAccess } from '@/app/[locale]/admin/access';
import { emptyPageCache } from '@/lib/platform/page-cache/watcher';
import { publish } from '@/lib/revision/commands';
import { publicationSchema } from '@/lib/revision/schema';
import { localeIn } from '@/app/[locale]/admin/locale';
import { backTo, kept, orKept, slugIn } from '@/app/[locale]/admin/form-actions';
import type { Done } from './view';

const goOn = (form: FormData, done: Done): never => backTo(form, 'revisions', done);

/** Publishes what was written. */
export async function publishRevision(
  _previous: FormState | null,
  form: FormData,
): Promise<FormState> {
  return orKept(form, async () => {
    const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
    const publication = publicationSchema.safeParse(Object.fromEntries(form));
    if (!publication.success) return kept(form, z.flattenError(publication.error).fieldErrors);
    const result = await publish(owner, publication.data);
    if (result.ok) {
      emptyPageCache();
      return goOn(form, publication.data.kind);
    }
    if (result.reason === 'reason-missing') {
      const shown = publication.data.seen.authoritativeLanguage === 'ja' ? 'reasonJa' : 'reasonEn';
      return kept(form, { [shown]: ['reasonRequired'] });
    }
    refresh(); // shows the texts as they are now
    return kept(form, {}, result.reason);
  });
}

/** The signatory and the revision that a button of the list names. */
const signatorySchema = z.object({
  id: z.uuid(),
  revision: z.coerce.number().int().min(1).catch(0),
});

/** Mails a signatory that has not answered once more. */
export async function askSignatoryAgain(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const signatory = signatorySchema.safeParse(Object.fromEntries(form));
  if (!signatory.success) return goOn(form, 'not-asked');
  const result = await requestAgain(owner, signatory.data.id);
  goOn(form, result.ok ? 'asked' : result.reason);
}

/** Records that a signatory affirms, as it told the coordinators. */
export async function recordAnswer(form: FormData): Promise<void> {
  const owner = await requireLetterAccess(localeIn(form.get('locale')), slugIn(form), 'owner');
  const signatory = signatorySchema.safeParse(Object.fromEntries(form));
  if (!signatory.success) return goOn(form, 'not-asked');
  const result = await recordAffirmation(owner, signatory.data.id, signatory.data.revision);
  if (result.ok && result.publicChange) emptyPageCache();
  goOn(form, result.ok ? 'recorded' : result.reason);
}
