import { useTranslations } from 'next-intl';

/**
 * A revision's abbreviated hash; the full hash and the hashed file are in a disclosure. `file`: URL
 * of the hashed JSON.
 */
export function RevisionHash({ hash, file }: { hash: string; file: string | null }) {
  const t = useTranslations('revision.hash');
  return (
    <details className="text-sm text-quiet">
      <summary className="w-fit cursor-pointer py-1 text-[0.8125rem]">
        {t('summary', { short: hash.slice(0, 12) })}
      </summary>
      <code className="mt-1 block text-[0.8125rem] break-all text-ink select-all">{hash}</code>
      <p className="mt-1">
        {t.rich('explanation', { file: (words) => (file ? <a href={file}>{words}</a> : words) })}
      </p>
    </details>
  );
}
