import { useTranslations } from 'next-intl';
import { PASTE_NOTICES, type Notices } from '@/lib/letter/text/paste/left-out';

/** What was left out of a paste or a document, or changed in it. Renders nothing if that is nothing. */
export function NoticeList({ notices, title }: { notices: Notices; title: string }) {
  const t = useTranslations('letter.text.paste.notices');
  const listed = PASTE_NOTICES.filter((notice) => notices[notice]);
  if (listed.length === 0) return null;
  return (
    <div className="mt-2 border-l-4 border-indigo pl-3">
      <p className="font-semibold">{title}</p>
      <ul className="mt-1 list-disc space-y-1 pl-5">
        {listed.map((notice) => (
          <li key={notice}>{t(notice, { count: notices[notice] ?? 0 })}</li>
        ))}
      </ul>
    </div>
  );
}
