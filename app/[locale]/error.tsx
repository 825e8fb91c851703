'use client';

import { useParams } from 'next/navigation';
import { buttonClass } from '@/components/ui/button';
import { Page } from '@/components/ui/page';
import en from '@/messages/en/failure.json';
import ja from '@/messages/ja/failure.json';

/**
 * Error boundary: rendering failed, usually because of a temporary failure. Every page loads it, so
 * it reads its words by itself, from files of their own, without what formats messages.
 */
export default function Failure({ retry }: { error: unknown; retry: () => void }) {
  const words = useParams().locale === 'en' ? en : ja;
  return (
    <Page title={words.title}>
      <p>{words.explanation}</p>
      <button type="button" onClick={() => retry()} className={buttonClass('solid')}>
        {words.again}
      </button>
    </Page>
  );
}
