import { redirect } from 'next/navigation';
import { LetterShell } from '@/components/admin/letter-shell';
import { sectionPath } from '@/components/admin/sections';
import { VIEW_KEYS } from '@/components/endorsement/review/view';
import { LetterOverview } from '@/components/signatories/overview/letter-overview';
import { overview } from '@/lib/signatories/overview/queries';
import { requireLetter, titled, type LetterPageProps } from './access';

export const generateMetadata = titled('overview');

export default async function OverviewPage({ params, searchParams }: LetterPageProps) {
  const { locale, slug, access, letter } = await requireLetter(params, 'readEntries');
  // The review was here before there was an overview; links to its entries still work.
  const asked = Object.entries(await searchParams).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && VIEW_KEYS.some((key) => key === entry[0]),
  );
  if (asked.length > 0)
    redirect(`/${locale}${sectionPath(slug, 'review')}?${new URLSearchParams(asked)}`);

  const now = new Date();
  return (
    <LetterShell letter={letter} current="overview" role={access.role}>
      <LetterOverview
        slug={slug}
        role={access.role}
        times={letter}
        overview={await overview(access, letter, now)}
        now={now}
      />
    </LetterShell>
  );
}
