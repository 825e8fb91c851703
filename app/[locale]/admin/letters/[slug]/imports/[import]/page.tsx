import { NextIntlClientProvider } from 'next-intl';
import type { Metadata } from 'next';
import { getMessages, getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { LetterShell } from '@/components/admin/letter-shell';
import { CarryOutForm } from '@/components/endorsement/imports/carry-out-form';
import { importPath } from '@/components/endorsement/imports/import-path';
import { ImportResult } from '@/components/endorsement/imports/import-result';
import { ImportListForm } from '@/components/endorsement/imports/list-form';
import { RowTable } from '@/components/endorsement/imports/row-table';
import { Running } from '@/components/endorsement/imports/running';
import { Tabs } from '@/components/endorsement/invitees/tabs';
import { HiddenFields } from '@/components/ui/action-button';
import { buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { SubmitButton } from '@/components/ui/submit-button';
import {
  IMPORT_PAGE,
  importOf,
  previewedImport,
  takingBack,
  type PreviewedRow,
} from '@/lib/endorsement/imports/queries';
import { countsOf } from '@/lib/endorsement/imports/rules';
import { requireLetter, type LetterPageProps } from '@/app/[locale]/admin/letters/[slug]/access';
import { carryOut, deleteEvidence, forgetList, readList, takeBack } from '../actions';
import { formOptions } from '../form-options';
import { importsPath, importViewSchema, SHOWN_ROWS } from '../view';

type Props = Omit<LetterPageProps, 'params'> & {
  params: Promise<{ locale: string; slug: string; import: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, letter } = await requireLetter(params, 'attest');
  const t = await getTranslations({ locale, namespace: 'endorsement.imports' });
  return { title: `${t('done.title')}: ${letter.title}` };
}

const DUPLICATES = ['signed', 'unconfirmed', 'repeated'];

/** The rows of each view of a list. */
const IS_SHOWN: Record<(typeof SHOWN_ROWS)[number], (row: PreviewedRow) => boolean> = {
  all: () => true,
  faults: ({ state }) => state === 'faulty',
  duplicates: ({ state }) => DUPLICATES.includes(state),
  known: ({ state }) => state === 'known',
};

export default async function ImportPage({ params, searchParams }: Props) {
  const { locale, slug, access, letter } = await requireLetter(params, 'attest');
  const { show, page, notice, refused, live } = importViewSchema.parse(await searchParams);
  const id = z.uuid().safeParse((await params).import);
  const found = id.success ? await importOf(access, id.data) : null;
  if (!found) notFound();
  const t = await getTranslations({ locale, namespace: 'endorsement.imports' });
  const clock = { now: new Date(), timeZone: letter.timeZone };
  const hidden = { locale, slug, import: found.id };
  const shell = { letter, current: 'imports', role: access.role } as const;

  if (found.state === 'running')
    return (
      <LetterShell {...shell} title={t('running.title')}>
        <Running
          prepared={found.prepared}
          total={found.total}
          live={live}
          path={importPath(slug, found.id)}
        />
      </LetterShell>
    );

  if (found.state !== 'draft')
    return (
      <LetterShell {...shell} title={t('done.title')} done={notice && t(`done.${notice}`)}>
        {refused && (
          <Notice tone="alert" announce>
            {t(`problems.${refused}`)}
          </Notice>
        )}
        <ImportResult
          slug={slug}
          found={found}
          back={await takingBack(access, found, clock.now)}
          clock={clock}
          takeBack={takeBack}
          removeFile={deleteEvidence}
        />
      </LetterShell>
    );

  const rows = (await previewedImport(access, found.id)) ?? notFound();
  const counts = countsOf(rows);
  const added = counts.new + counts.known;
  const duplicates = counts.signed + counts.unconfirmed + counts.repeated;
  const shown = rows.filter(IS_SHOWN[show]);
  const words = await getTranslations({ locale, namespace: 'endorsement' });
  const { admin, endorsement } = await getMessages({ locale });
  const { imports: said, table } = endorsement;
  const pathTo = (view: Parameters<typeof importsPath>[1]) =>
    importsPath(slug, view, importPath(slug, found.id));
  return (
    <LetterShell
      {...shell}
      title={t('preview.title')}
      lead={t('preview.summary', {
        added,
        known: counts.known,
        duplicates,
        faults: counts.faulty,
      })}
      done={notice && t(`done.${notice}`)}
      wide
    >
      {found.problem && (
        <Notice tone="alert" announce>
          {t(`problems.${found.problem}`)}
        </Notice>
      )}
      <div>
        <Tabs
          label={t('preview.filter')}
          tabs={SHOWN_ROWS.filter(
            (one) => one === 'all' || one === show || rows.some(IS_SHOWN[one]),
          ).map((one) => ({
            key: one,
            href: pathTo({ show: one }),
            text: `${t(`preview.show.${one}`)} (${rows.filter(IS_SHOWN[one]).length})`,
            isCurrent: one === show,
          }))}
        />
        <RowTable rows={shown.slice((page - 1) * IMPORT_PAGE, page * IMPORT_PAGE)} />
        <Pagination
          page={page}
          pages={Math.ceil(shown.length / IMPORT_PAGE)}
          hrefOf={(number) => pathTo({ show, page: number })}
        />
      </div>
      <NextIntlClientProvider
        messages={{
          admin,
          endorsement: {
            imports: { add: said.add, preview: said.preview, problems: said.problems },
            table,
          },
        }}
      >
        <div className="max-w-3xl space-y-10">
          {added > 0 && (
            <section aria-labelledby="carry-out">
              <h2 id="carry-out" className="mb-4 font-serif text-xl font-semibold">
                {t('preview.carryOut')}
              </h2>
              <CarryOutForm
                action={carryOut}
                hidden={hidden}
                added={added}
                faults={counts.faulty}
                said={found}
              />
            </section>
          )}
          <details open={added === 0}>
            <summary className="min-h-10 cursor-pointer font-semibold">{t('add.replace')}</summary>
            <div className="mt-4">
              <ImportListForm
                action={readList}
                hidden={hidden}
                {...formOptions(locale, letter.listSettings, words('international'))}
              />
            </div>
          </details>
          <form action={forgetList}>
            <HiddenFields fields={hidden} />
            <SubmitButton className={buttonClass('outline')}>{t('preview.forget')}</SubmitButton>
          </form>
        </div>
      </NextIntlClientProvider>
    </LetterShell>
  );
}
