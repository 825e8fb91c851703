import type { LetterAccess } from '@/lib/coordinator/access';
import { may } from '@/lib/coordinator/permissions';
import { auditSides, type AuditSide } from '@/lib/platform/audit';
import { db } from '@/lib/platform/db/client';
import type { ActorKind, AuditAction } from '@/lib/platform/db/generated/enums';
import { inOrder, type Language } from '@/lib/platform/languages';

/** A field changed by an event; `language`: that of a name. Erased values are null. */
export interface HistoryChange {
  field:
    | 'state'
    | 'reason'
    | 'label'
    | 'note'
    | 'name'
    | 'reading'
    | 'website'
    | 'category'
    | 'visibility'
    | 'coordinating'
    | 'revision'
    | 'evidence';
  language?: Language;
  before: string | null;
  after: string | null;
}

export interface HistoryEvent {
  action: AuditAction;
  actor: ActorKind;
  /** The coordinator's address; null for other actors. */
  by: string | null;
  at: Date;
  changes: HistoryChange[];
}

const HISTORY_FIELDS = [
  'state',
  'reason',
  'label',
  'note',
  'evidence',
  'reading',
  'website',
  'category',
  'visibility',
  'coordinating',
  'revision',
] as const;

/** Actions whose events hold names. */
const SAY_NAMES: ReadonlySet<AuditAction> = new Set([
  'correct',
  'propose_change',
  'accept_change',
  'decline_change',
]);

/**
 * The fields changed by an event, as far as the coordinator may see them: observers do not see
 * notes, which can concern people.
 */
function changesIn(
  { role }: LetterAccess,
  action: AuditAction,
  before: AuditSide,
  after: AuditSide,
): HistoryChange[] {
  const text = (value: AuditSide[string] | undefined) =>
    value === undefined || value === null ? null : String(value);
  const names = (side: AuditSide) => (side.names ?? {}) as Record<Language, string | null>;
  const [namesBefore, namesAfter] = [names(before), names(after)];
  const languages = inOrder(new Set([...Object.keys(namesBefore), ...Object.keys(namesAfter)]));
  const changes: HistoryChange[] = [
    ...HISTORY_FIELDS.map((field) => ({
      field,
      before: text(before[field]),
      after: text(after[field]),
    })),
    ...languages.map((language) => ({
      field: 'name' as const,
      language,
      before: namesBefore[language] ?? null,
      after: namesAfter[language] ?? null,
    })),
  ];
  const isPrivate = (field: string) => field === 'note' || field === 'evidence';
  // An own reason is `other`, and has a label that says more.
  const isOwn = Boolean(text(after.label));
  return changes.filter(
    (change) =>
      change.before !== change.after &&
      !(isOwn && change.field === 'reason') &&
      !(action === 'take_back' && change.after === null) &&
      (may(role, 'readContacts') || !isPrivate(change.field)),
  );
}

/**
 * The audit events of an entry, oldest first, as far as the coordinator may see them.
 * @param hidden whether they may not see its names; corrections are then left out
 */
export async function historyOf(
  access: LetterAccess,
  { id, hidden }: { id: string; hidden: boolean },
): Promise<HistoryEvent[]> {
  const events = await db().auditEvent.findMany({
    // The notes that exist are shown by themselves; they change nothing of the entry.
    where: { endorsementId: id, action: { notIn: ['add_note', 'delete_note'] } },
    orderBy: { id: 'asc' },
    select: {
      action: true,
      actorKind: true,
      at: true,
      canonical: true,
      actor: { select: { email: true } },
      values: { select: { path: true, value: true } },
    },
  });
  return events
    .filter((event) => !(hidden && SAY_NAMES.has(event.action)))
    .map(({ action, actorKind, actor, at, canonical, values }) => {
      const { before, after } = auditSides(canonical, values);
      return {
        action,
        actor: actorKind,
        by: actor?.email ?? null,
        at,
        changes: changesIn(access, action, before, after),
      };
    });
}
